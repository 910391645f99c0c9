package dev.rowhouse.sandbox.aws.cloudformation;

import dev.rowhouse.sandbox.aws.Faults;
import dev.rowhouse.sandbox.aws.resource.ResourceTypes;
import dev.rowhouse.sandbox.aws.s3.Buckets;
import dev.rowhouse.sandbox.aws.sts.Callers;
import dev.rowhouse.sandbox.aws.sts.Principal;
import dev.rowhouse.sandbox.aws.template.Template;
import dev.rowhouse.sandbox.aws.template.TemplateException;
import dev.rowhouse.sandbox.aws.wire.AwsException;
import dev.rowhouse.sandbox.aws.wire.Call;
import dev.rowhouse.sandbox.aws.wire.Parameters;
import dev.rowhouse.sandbox.aws.wire.Service;
import dev.rowhouse.sandbox.aws.wire.Xml;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** The calls of CloudFormation that the stand-in serves. Thread-safe. */
public final class CloudFormation implements Service, AutoCloseable {
    private static final int WORKERS = 4;
    private static final Set<String> SUMMARY_MEMBERS = Set.of("StackName", "TemplateBody", "TemplateURL");

    private final Callers callers;
    private final ResourceTypes types;
    private final Timeline timeline;
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS, task -> {
        Thread thread = new Thread(task, "aws-stand-in-resources");
        thread.setDaemon(true);
        return thread;
    });
    private final Templates templates;
    private final StackBook book = new StackBook();
    private final Reads reads;
    private final Writes writes;

    /**
     * @param buckets where templates are
     * @param endpoint the stand-in's own, once it has one
     * @param pace how long one stack takes to make
     * @param stackLimit how many stacks an account may have in a region
     */
    public CloudFormation(
            Callers callers,
            ResourceTypes types,
            Buckets buckets,
            Supplier<URI> endpoint,
            Faults faults,
            Clock clock,
            Duration pace,
            int stackLimit) {
        this.callers = callers;
        this.types = types;
        this.templates = new Templates(buckets, endpoint);
        this.timeline = Timeline.start(clock);
        this.reads = new Reads(book, timeline);
        this.writes = new Writes(new Workshop(timeline, workers, book, templates, types, faults, pace, stackLimit));
    }

    @Override
    public String name() {
        return "cloudformation";
    }

    @Override
    public String version() {
        return "2010-05-15";
    }

    @Override
    public String namespace() {
        return "http://cloudformation.amazonaws.com/doc/2010-05-15/";
    }

    @Override
    public String answer(Call call) {
        Principal caller = callers.of(call);
        Territory territory = new Territory(caller.account(), call.region());
        Parameters parameters = call.parameters();
        return switch (call.action()) {
            case "CreateStack" -> createStack(territory, caller, parameters);
            case "ValidateTemplate" -> validateTemplate(parameters);
            case "GetTemplateSummary" -> templateSummary(territory, parameters);
            case "GetTemplate" -> alone(() -> reads.getTemplate(territory, parameters));
            case "DescribeStacks" -> alone(() -> reads.describeStacks(territory, parameters));
            case "ListStacks" -> alone(() -> reads.listStacks(territory, parameters));
            case "DescribeStackEvents" -> alone(() -> reads.describeStackEvents(territory, parameters));
            case "ListStackResources" -> alone(() -> reads.listStackResources(territory, parameters));
            case "UpdateTerminationProtection" ->
                alone(() -> writes.updateTerminationProtection(territory, parameters));
            case "DeleteStack" -> alone(() -> writes.deleteStack(territory, parameters));
            default ->
                throw new AwsException(
                        400,
                        "InvalidAction",
                        "The sandbox's stand-in for AWS does not serve cloudformation:" + call.action());
        };
    }

    private String createStack(Territory territory, Principal caller, Parameters parameters) {
        StackRequest request = StackRequest.read(parameters, templates);
        return inItsWords(() -> {
            Blueprint blueprint = Blueprint.draw(territory, caller, request, types);
            return alone(() -> writes.createStack(blueprint));
        });
    }

    private String validateTemplate(Parameters parameters) {
        parameters.refuseOthersThan(Templates.MEMBERS);
        String body = templates.of(parameters);
        return inItsWords(() -> {
            Xml xml = new Xml();
            StackXml.validated(xml, Template.parse(body, types));
            return xml.toString();
        });
    }

    private String templateSummary(Territory territory, Parameters parameters) {
        parameters.refuseOthersThan(SUMMARY_MEMBERS);
        Optional<String> name = parameters.text("StackName");
        Optional<String> given = templates.given(parameters);
        if (name.isPresent() == given.isPresent()) {
            throw AwsException.validationError(
                    "Exactly one of StackName, TemplateBody and TemplateURL must be specified.");
        }
        return inItsWords(() -> {
            Template template = name.isPresent()
                    ? timeline.alone(() -> reads.stack(territory, name.get()).template)
                    : Template.parse(given.get(), types);
            Xml xml = new Xml();
            StackXml.summarise(xml, template);
            return xml.toString();
        });
    }

    private String alone(Supplier<String> work) {
        return timeline.alone(work);
    }

    private static String inItsWords(Supplier<String> work) {
        try {
            return work.get();
        } catch (TemplateException e) {
            throw AwsException.validationError(e.getMessage());
        }
    }

    /** Every stack there is or was, the oldest first. */
    public List<SeenStack> stacks() {
        return timeline.alone(() -> book.all().stream().map(SeenStack::of).toList());
    }

    /** How many stacks of that name were made, in all accounts and regions. */
    public int created(String name) {
        return timeline.alone(() -> book.created(name));
    }

    /** Stops where it is: what is being made is left as it is. */
    @Override
    public void close() {
        timeline.close();
        workers.shutdownNow();
    }
}
