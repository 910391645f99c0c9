package dev.rowhouse.sandbox.aws.cloudformation;

import dev.rowhouse.sandbox.aws.sts.Principal;
import dev.rowhouse.sandbox.aws.template.BoundTemplate;
import dev.rowhouse.sandbox.aws.template.ParameterValues;
import dev.rowhouse.sandbox.aws.template.PseudoParameters;
import dev.rowhouse.sandbox.aws.template.ResourceCatalog;
import dev.rowhouse.sandbox.aws.template.Template;
import dev.rowhouse.sandbox.aws.template.TemplateException;
import java.util.Map;
import java.util.UUID;

/**
 * Everything about a stack to be made that needs no look at the other stacks.
 *
 * @param shownParameters {@code NoEcho} ones masked
 * @param creator whose permissions it is made with, where the request names no role
 */
record Blueprint(
        String id,
        Territory territory,
        Principal creator,
        StackRequest request,
        Template template,
        BoundTemplate bound,
        Map<String, String> shownParameters) {

    /** @throws TemplateException if template or parameters are not as they should be */
    static Blueprint draw(Territory territory, Principal creator, StackRequest request, ResourceCatalog catalog) {
        String id = territory.stackId(request.name(), UUID.randomUUID().toString());
        Template template = Template.parse(request.templateBody(), catalog);
        ParameterValues values = new ParameterValues(template, request.parameters());
        PseudoParameters pseudo = new PseudoParameters(territory.account(), territory.region(), id, request.name());
        BoundTemplate bound = new BoundTemplate(template, values, pseudo);
        return new Blueprint(id, territory, creator, request, template, bound, values.shown());
    }

    /** The id alone: the rest holds passwords. */
    @Override
    public String toString() {
        return "Blueprint[" + id + "]";
    }
}
