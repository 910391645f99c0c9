package dev.rowhouse.sandbox.aws.resource;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The engines of RDS that there are servers for, and the versions of each that RDS has or had of late. */
enum RdsEngine {
    POSTGRES("postgres", Form.INSTANCE, 5432, "1[1-8](\\.\\d+)?(-[rR]\\d+)?"),
    MYSQL("mysql", Form.INSTANCE, 3306, "(5\\.7|8\\.0|8\\.4)(\\.\\d+)?(-rds\\.\\d+)?"),
    MARIADB("mariadb", Form.INSTANCE, 3306, "(10\\.(4|5|6|11)|11\\.[48])(\\.\\d+)?"),
    AURORA_POSTGRESQL("aurora-postgresql", Form.CLUSTER, 5432, "1[1-8](\\.\\d+)?"),
    AURORA_MYSQL(
            "aurora-mysql",
            Form.CLUSTER,
            3306,
            "5\\.7(\\.mysql_aurora\\.2\\.\\d+\\.\\d+)?|8\\.0(\\.mysql_aurora\\.3\\.\\d+\\.\\d+)?");

    /** What holds an engine's databases, master user and endpoint. */
    enum Form {
        INSTANCE,
        CLUSTER
    }

    private final String text;
    private final Form form;
    private final int standardPort;
    private final Pattern versions;

    RdsEngine(String text, Form form, int standardPort, String versions) {
        this.text = text;
        this.form = form;
        this.standardPort = standardPort;
        this.versions = Pattern.compile(versions);
    }

    static Optional<RdsEngine> named(String name) {
        return Arrays.stream(values())
                .filter(engine -> engine.text.equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    static List<RdsEngine> of(Form form) {
        return Arrays.stream(values()).filter(engine -> engine.form == form).toList();
    }

    boolean is(Form wanted) {
        return form == wanted;
    }

    int standardPort() {
        return standardPort;
    }

    boolean hasVersion(String version) {
        return versions.matcher(version).matches();
    }

    /** As in the property {@code Engine}. */
    @Override
    public String toString() {
        return text;
    }
}
