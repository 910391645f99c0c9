package dev.rowhouse.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateUrlTest {
    private static final String TEMPLATE = "Description: from a bucket\nResources: {T: {Type: AWS::SNS::Topic}}\n";

    private static Cloud cloud;

    @BeforeAll
    static void start() throws IOException {
        cloud = Cloud.fast();
        cloud.aws.putObject("acme-templates", "tenants/a b.yaml", TEMPLATE);
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://s3.eu-west-1.amazonaws.com/acme-templates/tenants/a%20b.yaml",
                "https://s3.amazonaws.com/acme-templates/tenants/a%20b.yaml",
                "https://s3-us-west-2.amazonaws.com/acme-templates/tenants/a%20b.yaml",
                "https://s3.dualstack.us-west-2.amazonaws.com/acme-templates/tenants/a%20b.yaml",
                "https://s3.cn-north-1.amazonaws.com.cn/acme-templates/tenants/a%20b.yaml",
                "https://acme-templates.s3.us-gov-west-1.amazonaws.com/tenants/a%20b.yaml",
                "https://acme-templates.s3.amazonaws.com/tenants/a%20b.yaml",
                "https://acme-templates.s3.amazonaws.com/tenants/a%20b.yaml?X-Amz-Algorithm=x&X-Amz-Signature=y",
            })
    void servesEveryUrlOfS3FromItsOwnBuckets(String url) {
        assertThat(cloud.stacks.validateTemplate(r -> r.templateURL(url)).description())
                .isEqualTo("from a bucket");
    }

    @Test
    void servesItsOwnUrls() {
        String url = cloud.aws.endpoint() + "/acme-templates/tenants/a%20b.yaml";

        cloud.stacks.createStack(r -> r.stackName("own").templateURL(url));

        assertThat(cloud.awaitStatus("own", "CREATE_COMPLETE").description()).isEqualTo("from a bucket");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://s3.amazonaws.com/acme-templates/tenants/a%20b.yaml",
                "https://example.org/acme-templates/tenants/a%20b.yaml",
                "https://s3.amazonaws.com.example.org/acme-templates/tenants/a%20b.yaml",
                "https://s3.amazonaws.com/acme-templates",
                "https://s3.amazonaws.com/acme-templates/tenants/a b.yaml",
                "http://127.0.0.1:1/acme-templates/tenants/a%20b.yaml",
                "s3://acme-templates/tenants/a%20b.yaml",
                "file:///etc/hosts",
                "tenants.yaml",
            })
    void refusesEveryOtherUrl(String url) {
        assertThatThrownBy(() -> cloud.stacks.validateTemplate(r -> r.templateURL(url)))
                .hasMessageContaining("TemplateURL must be a supported URL.");
    }

    @Test
    void saysWhatS3Says() {
        assertThatThrownBy(() -> cloud.stacks.validateTemplate(
                        r -> r.templateURL("https://s3.amazonaws.com/acme-templates/none.yaml")))
                .hasMessageContaining(
                        "S3 error: The specified key does not exist.\nFor more information check http://docs");
        assertThatThrownBy(
                        () -> cloud.stacks.validateTemplate(r -> r.templateURL("https://s3.amazonaws.com/none/t.yaml")))
                .hasMessageContaining("S3 error: The specified bucket does not exist");
    }

    @Test
    void refusesAVersionThatItDoesNotKeep() {
        assertThatThrownBy(() -> cloud.stacks.validateTemplate(
                        r -> r.templateURL("https://s3.amazonaws.com/acme-templates/tenants/a%20b.yaml?versionId=1")))
                .hasMessageContaining("versionId=1 is not supported by the sandbox's stand-in");
    }

    @Test
    void takesMoreFromABucketThanInARequest() {
        String filled = TEMPLATE + "# " + "x".repeat(1_000_000 - TEMPLATE.length() - 2);
        cloud.aws.putObject("acme-templates", "large.yaml", filled);
        cloud.aws.putObject("acme-templates", "too-large.yaml", filled + "x");

        cloud.stacks.validateTemplate(r -> r.templateURL("https://s3.amazonaws.com/acme-templates/large.yaml"));

        assertThatThrownBy(() -> cloud.stacks.validateTemplate(
                        r -> r.templateURL("https://s3.amazonaws.com/acme-templates/too-large.yaml")))
                .hasMessageContaining("Template may not exceed 1000000 bytes in size.");
    }

    @Test
    void refusesABodyBesidesAUrl() {
        assertThatThrownBy(() -> cloud.stacks.validateTemplate(r -> r.templateBody(TEMPLATE)
                        .templateURL("https://s3.amazonaws.com/acme-templates/tenants/a%20b.yaml")))
                .hasMessageContaining("Either Template URL or Template Body must be specified, but not both.");
    }
}
