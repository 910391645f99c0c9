package dev.rowhouse.sandbox.postgres;

import java.net.InetAddress;

/** {@code postgresql.conf} of a small server among many, whose data need not survive the machine's own crash. */
final class ClusterSettings {

    private ClusterSettings() {}

    static String of(InetAddress address, int port) {
        return """
                # Written anew at each start
                listen_addresses = '%s'
                port = %d
                # A socket's path would be longer than systems allow.
                unix_socket_directories = ''
                max_connections = 50
                ssl = on
                ssl_cert_file = 'server.pem'
                ssl_key_file = 'server.key'
                password_encryption = 'scram-sha-256'

                # What is committed survives the server's kill -9, not a power cut.
                fsync = off
                full_page_writes = off
                wal_level = minimal
                max_wal_senders = 0
                max_wal_size = 128MB
                min_wal_size = 16MB

                shared_buffers = 16MB
                dynamic_shared_memory_type = 'posix'
                io_method = 'sync'
                max_logical_replication_workers = 0
                # As on RDS.
                shared_preload_libraries = 'pg_stat_statements'

                timezone = 'UTC'
                log_timezone = 'UTC'
                datestyle = 'iso, mdy'
                lc_messages = 'C'
                default_text_search_config = 'pg_catalog.english'

                # A statement that fails may hold a secret.
                log_min_error_statement = 'panic'
                log_checkpoints = off
                """.formatted(address.getHostAddress(), port);
    }
}
