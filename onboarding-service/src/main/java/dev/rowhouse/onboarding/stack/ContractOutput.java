package dev.rowhouse.onboarding.stack;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** One of the nine Outputs that a builder's stack owes us, and what its value must be. */
public enum ContractOutput {
    ACCOUNT_ID("AccountId"),
    SUBNET_IDS("SubnetIds"),
    SECURITY_GROUP_IDS("SecurityGroupIds"),
    DB_USER("DbUser"),
    DB_PASS("DbPass"),
    DB_HOST("DbHost"),
    DB_PORT("DbPort"),
    DB_NAME("DbName"),
    DB_TYPE("DbType");

    /** What CloudFormation answers where a value is {@code NoEcho}; its pages show more asterisks than it sends. */
    private static final Pattern MASKED = Pattern.compile("\\*{4,}");

    private static final Pattern PORT = Pattern.compile("\\d{1,5}");

    /** What RDS and others call the two engines, in lower case; MariaDB is reached as MySQL is. */
    private static final Map<String, String> ENGINES = Map.of(
            "mysql", "mysql",
            "aurora-mysql", "mysql",
            "aurora", "mysql",
            "mariadb", "mysql",
            "postgres", "postgres",
            "postgresql", "postgres",
            "aurora-postgresql", "postgres");

    private final String key;

    ContractOutput(String key) {
        this.key = key;
    }

    /** The Output's name. */
    public String key() {
        return key;
    }

    /** The name is one of the nine. */
    public static boolean isKey(String name) {
        return Arrays.stream(values()).anyMatch(output -> output.key.equals(name));
    }

    /**
     * What is wrong with a value, in words that name the Output and no value that may be secret.
     *
     * @param account that the stack is made in
     */
    public Optional<String> problem(String value, String account) {
        if (value.isBlank()) {
            return Optional.of(key + " is empty: give it a value");
        }
        if (isMasked(value)) {
            return Optional.of(key + " is masked, since it comes from a NoEcho parameter: leave the Output out and name"
                    + " the parameter " + key);
        }
        if (Placeholders.hasReference(value)) {
            return Optional.of(key + " is a {{resolve:…}} reference, which CloudFormation alone can read: use"
                    + " {{generated_password}} or an Output that holds the value");
        }
        return switch (this) {
            case ACCOUNT_ID -> wrong(!value.trim().equals(account), " is not the account of the role, " + account);
            case SUBNET_IDS, SECURITY_GROUP_IDS ->
                wrong(entries(value).contains(""), " has an empty entry: take out the comma that is too many");
            case DB_PORT -> wrong(!isPort(value.trim()), " must be a whole number from 1024 to 65535");
            case DB_TYPE -> engine(value.trim());
            case DB_USER, DB_PASS, DB_HOST, DB_NAME -> Optional.empty();
        };
    }

    static boolean isMasked(String value) {
        return MASKED.matcher(value).matches();
    }

    /** The entries of a list, without the blanks around them. */
    static List<String> entries(String list) {
        return Arrays.stream(list.split(",", -1)).map(String::trim).toList();
    }

    private Optional<String> wrong(boolean is, String problem) {
        return is ? Optional.of(key + problem) : Optional.empty();
    }

    private static boolean isPort(String value) {
        return PORT.matcher(value).matches() && Integer.parseInt(value) >= 1024 && Integer.parseInt(value) <= 65535;
    }

    private Optional<String> engine(String value) {
        String meant = ENGINES.get(value.toLowerCase(Locale.ROOT));
        return meant == null
                ? Optional.of(key + " must be mysql or postgres")
                : wrong(!meant.equals(value), " is " + value + ": write " + meant);
    }
}
