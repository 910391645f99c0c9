package dev.rowhouse.sandbox.aws.cloudformation;

import dev.rowhouse.sandbox.aws.template.ParameterDeclaration;
import dev.rowhouse.sandbox.aws.template.Template;
import dev.rowhouse.sandbox.aws.wire.Xml;
import java.time.Duration;

/** How stacks, their resources and events are written in answers. */
final class StackXml {
    private StackXml() {}

    static void describe(Xml xml, Stack stack) {
        StackRequest request = stack.request;
        xml.text("StackId", stack.id).text("StackName", stack.name());
        family(xml, stack);
        xml.text("Description", stack.template.description())
                .members(
                        "Parameters",
                        stack.shownParameters.entrySet(),
                        (parameter, entry) ->
                                parameter.text("ParameterKey", entry.getKey()).text("ParameterValue", entry.getValue()))
                .text("CreationTime", stack.createdAt)
                .text("DeletionTime", stack.deletedAt())
                .element("RollbackConfiguration", configuration -> {})
                .text("StackStatus", stack.status())
                .text("StackStatusReason", stack.reason())
                .text("DisableRollback", stack.root().request.onFailure() == StackRequest.OnFailure.DO_NOTHING)
                .element("NotificationARNs", none -> {})
                .text(
                        "TimeoutInMinutes",
                        request.timeout().map(Duration::toMinutes).orElse(null))
                .members("Capabilities", request.capabilities())
                .members(
                        "Outputs",
                        stack.outputs,
                        (output, value) -> output.text("OutputKey", value.key())
                                .text("OutputValue", value.value())
                                .text("Description", value.description())
                                .text("ExportName", value.exportName()))
                .text("RoleARN", request.roleArn().orElse(null))
                .members(
                        "Tags",
                        request.tags().entrySet(),
                        (tag, entry) -> tag.text("Key", entry.getKey()).text("Value", entry.getValue()))
                .text("EnableTerminationProtection", stack.root().terminationProtection)
                .element("DriftInformation", drift -> drift.text("StackDriftStatus", "NOT_CHECKED"));
    }

    private static void family(Xml xml, Stack stack) {
        if (stack.parent != null) {
            xml.text("ParentId", stack.parent.id).text("RootId", stack.root().id);
        }
    }

    static void summarise(Xml xml, Stack stack) {
        xml.text("StackId", stack.id).text("StackName", stack.name());
        family(xml, stack);
        xml.text("TemplateDescription", stack.template.description())
                .text("CreationTime", stack.createdAt)
                .text("DeletionTime", stack.deletedAt())
                .text("StackStatus", stack.status())
                .text("StackStatusReason", stack.reason())
                .element("DriftInformation", drift -> drift.text("StackDriftStatus", "NOT_CHECKED"));
    }

    static void summarise(Xml xml, StackResource resource) {
        xml.text("LogicalResourceId", resource.logicalId())
                .text("PhysicalResourceId", resource.physicalId.isEmpty() ? null : resource.physicalId)
                .text("ResourceType", resource.declaration.type())
                .text("LastUpdatedTimestamp", resource.changedAt())
                .text("ResourceStatus", resource.status())
                .text("ResourceStatusReason", resource.reason())
                .element("DriftInformation", drift -> drift.text("StackResourceDriftStatus", "NOT_CHECKED"));
    }

    static void describe(Xml xml, Stack stack, StackEvent event) {
        xml.text("StackId", stack.id)
                .text("EventId", event.eventId())
                .text("StackName", stack.name())
                .text("LogicalResourceId", event.logicalId())
                .text("PhysicalResourceId", event.physicalId())
                .text("ResourceType", event.type())
                .text("Timestamp", event.at())
                .text("ResourceStatus", event.status())
                .text("ResourceStatusReason", event.reason())
                .text("ResourceProperties", event.properties())
                .text("ClientRequestToken", event.token());
    }

    static void validated(Xml xml, Template template) {
        xml.text("Description", template.description())
                .members("Parameters", template.parameters(), StackXml::declared);
        capabilities(xml, template);
        xml.element("DeclaredTransforms", none -> {});
    }

    static void summarise(Xml xml, Template template) {
        xml.text("Description", template.description())
                .members("Parameters", template.parameters(), StackXml::declaredInFull);
        capabilities(xml, template);
        xml.members("ResourceTypes", template.resourceTypes())
                .text("Version", template.version())
                .text("Metadata", template.metadata() == null ? null : Json.write(template.metadata()))
                .element("DeclaredTransforms", none -> {});
    }

    private static void capabilities(Xml xml, Template template) {
        if (!template.capabilities().isEmpty()) {
            xml.members("Capabilities", template.capabilities())
                    .text(
                            "CapabilitiesReason",
                            "The following resource(s) require capabilities: " + template.typesNeedingCapabilities());
        }
    }

    private static void declaredInFull(Xml xml, ParameterDeclaration parameter) {
        declared(xml, parameter);
        xml.text("ParameterType", parameter.type()).element("ParameterConstraints", constraints -> {
            if (parameter.allowedValues() != null) {
                constraints.members("AllowedValues", parameter.allowedValues());
            }
        });
    }

    private static void declared(Xml xml, ParameterDeclaration parameter) {
        xml.text("ParameterKey", parameter.name())
                .text("DefaultValue", parameter.defaultValue())
                .text("NoEcho", parameter.noEcho())
                .text("Description", parameter.description());
    }
}
