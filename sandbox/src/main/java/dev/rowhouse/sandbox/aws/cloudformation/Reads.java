package dev.rowhouse.sandbox.aws.cloudformation;

import dev.rowhouse.sandbox.aws.wire.AwsException;
import dev.rowhouse.sandbox.aws.wire.Parameters;
import dev.rowhouse.sandbox.aws.wire.Xml;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The calls that change nothing. Guarded by the {@link Timeline}. */
final class Reads {
    private static final List<String> STAGES = List.of("Original", "Processed");
    private static final int PAGE = 100;
    private static final int PAGE_CHARACTERS = 1 << 20;

    private final StackBook book;
    private final Timeline timeline;

    Reads(StackBook book, Timeline timeline) {
        this.book = book;
        this.timeline = timeline;
    }

    String describeStacks(Territory territory, Parameters parameters) {
        parameters.refuseOthersThan(Set.of("StackName", "NextToken"));
        Optional<String> name = parameters.text("StackName").filter(n -> !n.isEmpty());
        List<Stack> stacks = name.isPresent()
                ? List.of(stack(territory, name.get()))
                : book.of(territory, timeline.now()).stream()
                        .filter(Stack::exists)
                        .toList();
        List<Rendered> all = stacks.stream().map(Rendered::new).toList();
        Page<Rendered> page = Page.of(
                all,
                parameters.text("NextToken"),
                Rendered::number,
                r -> r.xml().length(),
                PAGE_CHARACTERS);
        return new Xml()
                .element("Stacks", xml -> page.items().forEach(stack -> xml.raw(stack.xml())))
                .text("NextToken", page.nextToken())
                .toString();
    }

    String listStacks(Territory territory, Parameters parameters) {
        parameters.refuseOthersThan(Set.of("StackStatusFilter", "NextToken"));
        Set<StackStatus> wanted = wanted(parameters.list("StackStatusFilter"));
        List<Stack> stacks = book.of(territory, timeline.now()).stream()
                .filter(stack -> wanted.contains(stack.status()))
                .toList();
        Page<Stack> page = Page.of(stacks, parameters.text("NextToken"), stack -> stack.number, stack -> 1, PAGE);
        return new Xml()
                .members("StackSummaries", page.items(), StackXml::summarise)
                .text("NextToken", page.nextToken())
                .toString();
    }

    private static Set<StackStatus> wanted(List<String> filter) {
        Set<StackStatus> wanted = EnumSet.noneOf(StackStatus.class);
        for (String status : filter) {
            try {
                wanted.add(StackStatus.valueOf(status));
            } catch (IllegalArgumentException e) {
                throw AwsException.constraint(
                        filter.toString(),
                        "stackStatusFilter",
                        "Member must satisfy constraint: [Member must satisfy enum value set: "
                                + List.of(StackStatus.values()) + "]");
            }
        }
        return wanted.isEmpty() ? EnumSet.allOf(StackStatus.class) : wanted;
    }

    String describeStackEvents(Territory territory, Parameters parameters) {
        parameters.refuseOthersThan(Set.of("StackName", "NextToken"));
        String name = parameters.required("StackName");
        Stack stack = book.find(territory, name)
                .orElseThrow(() -> AwsException.validationError("Stack [" + name + "] does not exist"));
        List<StackEvent> events = new ArrayList<>(stack.events());
        events.sort(Comparator.comparing(StackEvent::number).reversed());
        Page<StackEvent> page = Page.of(events, parameters.text("NextToken"), StackEvent::number, event -> 1, PAGE);
        return new Xml()
                .members("StackEvents", page.items(), (xml, event) -> StackXml.describe(xml, stack, event))
                .text("NextToken", page.nextToken())
                .toString();
    }

    String listStackResources(Territory territory, Parameters parameters) {
        parameters.refuseOthersThan(Set.of("StackName", "NextToken"));
        Stack stack = stack(territory, parameters.required("StackName"));
        List<StackResource> resources = new ArrayList<>(stack.allResources());
        resources.sort(Comparator.comparing(StackResource::logicalId));
        List<StackResource> begun = resources.stream()
                .filter(resource -> !resource.is(ResourceStatus.NOT_BEGUN))
                .toList();
        // The place among all resources, begun or not, does not move between two pages.
        Page<StackResource> page = Page.of(
                begun,
                parameters.text("NextToken"),
                resource -> (long) resources.size() - resources.indexOf(resource),
                resource -> 1,
                PAGE);
        return new Xml()
                .members("StackResourceSummaries", page.items(), StackXml::summarise)
                .text("NextToken", page.nextToken())
                .toString();
    }

    String getTemplate(Territory territory, Parameters parameters) {
        parameters.refuseOthersThan(Set.of("StackName", "TemplateStage"));
        Stack stack = stack(territory, parameters.required("StackName"));
        // Without a transform there is nothing to process: both stages are the template as it came.
        parameters
                .text("TemplateStage")
                .filter(stage -> !STAGES.contains(stage))
                .ifPresent(stage -> {
                    throw AwsException.constraint(
                            stage, "templateStage", "Member must satisfy enum value set: " + STAGES);
                });
        return new Xml()
                .text("TemplateBody", stack.request.templateBody())
                .members("StagesAvailable", STAGES)
                .toString();
    }

    Stack stack(Territory territory, String nameOrId) {
        return book.find(territory, nameOrId)
                .orElseThrow(() -> AwsException.validationError("Stack with id " + nameOrId + " does not exist"));
    }

    /** A stack written once, and only if its page comes to it. */
    private static final class Rendered {
        private final Stack stack;
        private String xml;

        Rendered(Stack stack) {
            this.stack = stack;
        }

        long number() {
            return stack.number;
        }

        String xml() {
            if (xml == null) {
                xml = new Xml()
                        .element("member", member -> StackXml.describe(member, stack))
                        .toString();
            }
            return xml;
        }
    }
}
