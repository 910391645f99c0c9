package dev.rowhouse.sql;

import dev.rowhouse.sandbox.mysql.MySqlServer;
import dev.rowhouse.sandbox.mysql.Product;
import dev.rowhouse.sandbox.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;

/** The engines that everything must work on. */
enum TestEngine {
    POSTGRES,
    MYSQL,
    MARIADB;

    Server start() throws Exception {
        return switch (this) {
            case POSTGRES -> Server.of(PostgresServer.startTemporary());
            case MYSQL -> Server.of(MySqlServer.startTemporary(Product.MYSQL));
            case MARIADB -> Server.of(MySqlServer.startTemporary(Product.MARIADB));
        };
    }

    /** A real server. */
    interface Server extends AutoCloseable {
        TenantDatabase newTenant() throws SQLException;

        Path caFile();

        @Override
        void close();

        private static Server of(PostgresServer server) {
            return new Server() {
                @Override
                public TenantDatabase newTenant() throws SQLException {
                    return TenantDatabase.on(server);
                }

                @Override
                public Path caFile() {
                    return server.caFile();
                }

                @Override
                public void close() {
                    server.close();
                }
            };
        }

        private static Server of(MySqlServer server) {
            return new Server() {
                @Override
                public TenantDatabase newTenant() throws SQLException {
                    return TenantDatabase.on(server);
                }

                @Override
                public Path caFile() {
                    return server.caFile();
                }

                @Override
                public void close() {
                    server.close();
                }
            };
        }
    }
}
