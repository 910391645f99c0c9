package dev.rowhouse.schema;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

/** The published JSON Schemas, formats asserted. */
final class Schemas {

    static final String BASE = "https://rowhouse.dev/schema/";

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaIdResolvers(ids -> ids.mapPrefix(BASE, "classpath:dev/rowhouse/schema/")));

    private Schemas() {}

    static String fileOf(EventType<?> type) {
        return type.type().substring("dev.rowhouse.".length()).replaceFirst("\\.v(\\d+)$", ".v$1.json");
    }

    static Schema of(EventType<?> type) {
        return REGISTRY.getSchema(SchemaLocation.of(BASE + fileOf(type)));
    }

    static List<Error> problems(EventType<?> type, String json) {
        return of(type).validate(
                        json,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }
}
