-- What every tenant's database starts with.
CREATE TABLE customer (
    id         BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
    name       VARCHAR(200) NOT NULL,
    created_at TIMESTAMP    NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE invoice (
    id          BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
    customer_id BIGINT UNSIGNED NOT NULL,
    amount      DECIMAL(12, 2)  NOT NULL CHECK (amount >= 0),
    FOREIGN KEY (customer_id) REFERENCES customer (id)
);

DELIMITER //
CREATE PROCEDURE charge(of_customer BIGINT UNSIGNED, amount DECIMAL(12, 2))
BEGIN
    INSERT INTO invoice (customer_id, amount) VALUES (of_customer, amount);
END//
DELIMITER ;

INSERT INTO customer (name) VALUES ('First; customer'), ('Second customer');
CALL charge(1, 100);
CALL charge(2, 100);
