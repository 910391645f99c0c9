package dev.rowhouse.sandbox.mysql;

import dev.rowhouse.sandbox.process.UserId;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code my.cnf} of a small server among many, whose data need not survive the machine's own crash. */
final class ServerSettings {

    private ServerSettings() {}

    /** Those that a data directory is made with. */
    static List<String> ofTemplate() throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "innodb_flush_method=nosync",
                "innodb_data_file_path=ibdata1:12M:autoextend",
                "innodb_autoextend_increment=4",
                "innodb_buffer_pool_size=16M",
                "innodb_log_buffer_size=1M",
                "innodb_read_io_threads=1",
                "innodb_write_io_threads=1",
                "innodb_buffer_pool_dump_at_shutdown=OFF",
                "innodb_buffer_pool_load_at_startup=OFF",
                "performance_schema=OFF"));
        if (UserId.own() == UserId.ROOT) {
            // It refuses to run as root, but for being told so.
            lines.add("user=root");
        }
        return lines;
    }

    static List<String> of(Distribution distribution, Service service, Path data, InetAddress address, int port)
            throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# Written anew at each start");
        lines.add("[mysqld]");
        lines.addAll(distribution.settings());
        lines.addAll(ofTemplate());
        lines.addAll(List.of(
                "datadir=" + quoted(data),
                "pid_file=" + quoted(data.resolve("server.pid")),
                "bind_address=" + address.getHostAddress(),
                "port=" + port,
                // A socket's path would be longer than systems allow.
                "socket=",
                "skip_name_resolve=ON",
                "max_connections=50",
                "ssl_cert=" + quoted(data.resolve("server.pem")),
                "ssl_key=" + quoted(data.resolve("server.key")),
                "character_set_server=utf8mb4",
                // What is committed survives the server's kill -9, not a power cut.
                "innodb_flush_log_at_trx_commit=2",
                "sync_binlog=0"));
        lines.addAll(
                switch (service) {
                    case RDS ->
                        List.of(
                                "log_bin=mysql-bin-changelog",
                                "binlog_format=MIXED",
                                "max_binlog_size=8M",
                                "log_bin_trust_function_creators=OFF");
                    case AURORA -> List.of("skip_log_bin");
                });
        return lines;
    }

    /** A path may hold a sign that begins a comment. */
    static String quoted(Path path) {
        return '"' + path.toString() + '"';
    }
}
