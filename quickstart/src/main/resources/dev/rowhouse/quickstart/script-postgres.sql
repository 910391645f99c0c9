-- What every tenant's database starts with.
CREATE TABLE customer (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE invoice (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint         NOT NULL REFERENCES customer (id),
    amount      numeric(12, 2) NOT NULL CHECK (amount >= 0)
);

CREATE FUNCTION total(of_customer bigint) RETURNS numeric AS $$
    SELECT coalesce(sum(amount), 0) FROM invoice WHERE customer_id = of_customer;
$$ LANGUAGE sql STABLE;

INSERT INTO customer (name) VALUES ('First; customer'), ('Second customer');
INSERT INTO invoice (customer_id, amount) SELECT id, 100 FROM customer;
