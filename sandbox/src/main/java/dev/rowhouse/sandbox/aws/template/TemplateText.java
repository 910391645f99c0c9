package dev.rowhouse.sandbox.aws.template;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A template's text as maps, lists and strings. Every scalar is a string, as CloudFormation's functions see it: what the
 * template writes as {@code 5432} or {@code true} keeps its spelling.
 */
final class TemplateText {
    /** How deep a template may nest, so that a hostile one cannot exhaust the stack. */
    static final int MAX_DEPTH = 50;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private TemplateText() {}

    static Map<String, Object> read(String text) {
        Object root = text.stripLeading().startsWith("{") ? json(text) : new YamlTree(text).read();
        if (root instanceof Map<?, ?> map) {
            return Nodes.map(map);
        }
        throw new TemplateException("Template format error: unsupported structure.");
    }

    private static Object json(String text) {
        try {
            return plain(JSON.readTree(text), "");
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
            throw new TemplateException("Template format error: JSON not well-formed." + where);
        }
    }

    private static Object plain(JsonNode node, String path) {
        if (node.isObject()) {
            Map<String, Object> map = new LinkedHashMap<>();
            node.properties().forEach(e -> map.put(e.getKey(), plain(e.getValue(), path + "/" + e.getKey())));
            return map;
        }
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < node.size(); i++) {
                list.add(plain(node.get(i), path + "/" + i));
            }
            return list;
        }
        if (node.isNull()) {
            throw Nodes.nullValue(path);
        }
        return node.asText();
    }
}
