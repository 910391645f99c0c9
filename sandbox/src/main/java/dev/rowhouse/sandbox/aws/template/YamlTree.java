package dev.rowhouse.sandbox.aws.template;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Builds the tree from YAML events rather than from the library's own nodes: events let us bound the depth before anything
 * recurses, and leave scalars untouched. Short tags become their long form: {@code !Sub x} is {@code {"Fn::Sub": x}}.
 *
 * <p>Aliases are refused, as CloudFormation refuses them. For one thread, once.
 */
final class YamlTree {
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    private final Iterator<Event> events;
    private int depth;

    YamlTree(String text) {
        events = new Parse(LoadSettings.builder().build()).parseString(text).iterator();
    }

    Object read() {
        try {
            skip(Event.ID.StreamStart);
            Event first = events.next();
            if (first.getEventId() == Event.ID.StreamEnd) {
                throw new TemplateException("Template format error: unsupported structure.");
            }
            Object root = node(events.next(), "");
            skip(Event.ID.DocumentEnd);
            skip(Event.ID.StreamEnd);
            return root;
        } catch (MarkedYamlEngineException e) {
            throw notWellFormed(e.getProblemMark(), "");
        } catch (YamlEngineException e) {
            throw notWellFormed(Optional.empty(), "");
        }
    }

    private void skip(Event.ID expected) {
        Event event = events.next();
        if (event.getEventId() != expected) {
            throw notWellFormed(event.getStartMark(), " A template is one YAML document.");
        }
    }

    private Object node(Event event, String path) {
        if (event instanceof ScalarEvent scalar) {
            return tagged(scalar.getTag(), scalar(scalar, path), event);
        }
        if (event instanceof CollectionStartEvent start) {
            if (++depth > TemplateText.MAX_DEPTH) {
                throw new TemplateException(
                        "Template format error: the template nests deeper than " + TemplateText.MAX_DEPTH + " levels");
            }
            Object content = event.getEventId() == Event.ID.MappingStart ? mapping(path) : sequence(path);
            depth--;
            return tagged(start.getTag(), content, event);
        }
        if (event.getEventId() == Event.ID.Alias) {
            throw new TemplateException("Template error: YAML aliases are not allowed in CloudFormation templates");
        }
        throw notWellFormed(event.getStartMark(), "");
    }

    private static String scalar(ScalarEvent scalar, String path) {
        if (scalar.isPlain() && scalar.getTag().isEmpty() && NULLS.contains(scalar.getValue())) {
            throw Nodes.nullValue(path);
        }
        return scalar.getValue();
    }

    private List<Object> sequence(String path) {
        List<Object> list = new ArrayList<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.SequenceEnd; next = events.next()) {
            list.add(node(next, path + "/" + list.size()));
        }
        return list;
    }

    private Map<String, Object> mapping(String path) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.MappingEnd; next = events.next()) {
            if (!(next instanceof ScalarEvent key)) {
                throw notWellFormed(next.getStartMark(), " A key must be a scalar.");
            }
            String name = key.getValue();
            if (map.put(name, node(events.next(), path + "/" + name)) != null) {
                throw notWellFormed(key.getStartMark(), " Duplicate key '" + name + "'.");
            }
        }
        return map;
    }

    private static Object tagged(Optional<String> tag, Object content, Event at) {
        if (tag.isEmpty()
                || tag.get().startsWith("tag:yaml.org,2002:")
                || tag.get().equals("!")) {
            return content;
        }
        String name = tag.get().substring(1);
        if (!tag.get().startsWith("!") || !Functions.isKnown(longForm(name))) {
            throw new TemplateException("Template format error: YAML not well-formed." + position(at.getStartMark())
                    + " The tag " + tag.get() + " is unknown.");
        }
        boolean splits = name.equals("GetAtt") && content instanceof String;
        return Map.of(longForm(name), splits ? splitAtFirstDot((String) content) : content);
    }

    private static String longForm(String name) {
        return name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name;
    }

    private static Object splitAtFirstDot(String text) {
        int dot = text.indexOf('.');
        return dot < 0 ? List.of(text) : List.of(text.substring(0, dot), text.substring(dot + 1));
    }

    private static TemplateException notWellFormed(Optional<Mark> at, String detail) {
        return new TemplateException("Template format error: YAML not well-formed." + position(at) + detail);
    }

    private static String position(Optional<Mark> at) {
        return at.map(m -> " (line " + (m.getLine() + 1) + ", column " + (m.getColumn() + 1) + ")")
                .orElse("");
    }
}
