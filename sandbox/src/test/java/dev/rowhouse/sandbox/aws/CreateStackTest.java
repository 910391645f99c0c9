package dev.rowhouse.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.Stack;

class CreateStackTest {
    private static final String TEMPLATE = """
            Description: a bucket
            Parameters:
              Name: {Type: String}
              Secret: {Type: String, NoEcho: true, Default: hidden-by-default}
            Resources:
              Bucket:
                Type: AWS::S3::Bucket
                Properties:
                  BucketName: !Sub '${Name}-data'
            Outputs:
              Bucket: {Value: !Ref Bucket, Description: where it is}
              Arn: {Value: !GetAtt Bucket.Arn}
            """;

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
    void completesWithItsOutputs() {
        cloud.stacks.createStack(Cloud.request("one", TEMPLATE)
                .parameters(Cloud.parameter("Name", "acme"))
                .build());

        Stack stack = cloud.awaitStatus("one", "CREATE_COMPLETE");

        assertThat(stack.outputs())
                .extracting(o -> o.outputKey() + "=" + o.outputValue())
                .containsExactly("Bucket=acme-data", "Arn=arn:aws:s3:::acme-data");
    }

    @Test
    void refusesANameThatIsTaken() {
        cloud.stacks.createStack(Cloud.request("one", TEMPLATE)
                .parameters(Cloud.parameter("Name", "acme"))
                .build());

        assertThatThrownBy(() -> cloud.stacks.createStack(Cloud.request("one", TEMPLATE)
                        .parameters(Cloud.parameter("Name", "other"))
                        .build()))
                .isInstanceOf(AlreadyExistsException.class)
                .hasMessageContaining("Stack [one] already exists");
    }
}
