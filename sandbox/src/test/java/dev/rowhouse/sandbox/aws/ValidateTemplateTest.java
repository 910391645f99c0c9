package dev.rowhouse.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.TemplateParameter;
import software.amazon.awssdk.services.cloudformation.model.ValidateTemplateResponse;

class ValidateTemplateTest {
    private Cloud cloud;

    @BeforeEach
    void start() throws IOException {
        cloud = Cloud.fast();
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void tellsWhatTheTemplateWants() {
        ValidateTemplateResponse valid = cloud.stacks.validateTemplate(r -> r.templateBody("""
                        Description: a role
                        Parameters:
                          Name: {Type: String, Default: acme, Description: whose}
                          Secret: {Type: String, NoEcho: true}
                        Resources:
                          Role: {Type: AWS::IAM::Role, Properties: {RoleName: !Ref Name}}
                        """));

        assertThat(valid.description()).isEqualTo("a role");
        assertThat(valid.parameters())
                .containsExactly(
                        TemplateParameter.builder()
                                .parameterKey("Name")
                                .defaultValue("acme")
                                .noEcho(false)
                                .description("whose")
                                .build(),
                        TemplateParameter.builder()
                                .parameterKey("Secret")
                                .noEcho(true)
                                .build());
        assertThat(valid.capabilitiesAsStrings()).containsExactly("CAPABILITY_NAMED_IAM");
        assertThat(valid.capabilitiesReason())
                .isEqualTo("The following resource(s) require capabilities: [AWS::IAM::Role]");
    }

    @Test
    void wantsNoCapabilityWithoutIam() {
        ValidateTemplateResponse valid =
                cloud.stacks.validateTemplate(r -> r.templateBody("Resources: {T: {Type: AWS::SNS::Topic}}"));

        assertThat(valid.hasCapabilities()).isFalse();
    }

    @Test
    void refusesInCloudFormationsWords() {
        assertThatThrownBy(() -> cloud.stacks.validateTemplate(r -> r.templateBody("Resources: {}")))
                .hasMessageContaining("Template format error: At least one Resources member must be defined.");
    }

    @Test
    void refusesATypeOutsideTheGrammar() {
        assertThatThrownBy(() -> cloud.stacks.validateTemplate(r -> r.templateBody("Resources: {T: {Type: Topic}}")))
                .hasMessageContaining("Template format error: Unrecognized resource types: [Topic]");
    }
}
