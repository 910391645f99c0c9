package dev.rowhouse.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** S3's own protocol, by path, at the port of the rest. */
class BucketsTest {
    private final HttpClient http = HttpClient.newHttpClient();
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
    void givesWhatWasPut() throws Exception {
        send("PUT", "/templates", "");
        HttpResponse<String> put = send("PUT", "/templates/a/b%20c.yaml", "Resources: é");

        HttpResponse<String> got = send("GET", "/templates/a/b%20c.yaml", "");

        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(got.body()).isEqualTo("Resources: é");
        assertThat(got.headers().firstValue("ETag")).isEqualTo(put.headers().firstValue("ETag"));
    }

    @Test
    void givesWhatATestPut() throws Exception {
        URI at = cloud.aws.putObject("templates", "a/b c.yaml", "text");

        assertThat(at.toString()).isEqualTo(cloud.aws.endpoint() + "/templates/a/b%20c.yaml");
        assertThat(send("GET", at.getRawPath(), "").body()).isEqualTo("text");
    }

    @Test
    void tellsTheSizeWithoutTheContent() throws Exception {
        cloud.aws.putObject("templates", "t", "12345");

        HttpResponse<String> head = send("HEAD", "/templates/t", "");

        assertThat(head.headers().firstValue("Content-Length")).contains("5");
        assertThat(head.body()).isEmpty();
    }

    @Test
    void saysInS3sFormWhenThereIsNoObject() throws Exception {
        send("PUT", "/templates", "");

        HttpResponse<String> answer = send("GET", "/templates/none.yaml", "");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body())
                .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code>"
                        + "<Message>The specified key does not exist.</Message>"
                        + "<Resource>/templates/none.yaml</Resource><RequestId>");
    }

    @Test
    void saysInS3sFormWhenThereIsNoBucket() throws Exception {
        assertThat(send("GET", "/none/t", "").body()).contains("<Code>NoSuchBucket</Code>");
        assertThat(send("PUT", "/none/t", "x").body()).contains("<Code>NoSuchBucket</Code>");
    }

    @Test
    void refusesWhatNoBucketMayBeCalled() throws Exception {
        assertThat(send("PUT", "/Capitals", "").body()).contains("<Code>InvalidBucketName</Code>");
    }

    @Test
    void refusesWhatItWouldNotObey() throws Exception {
        cloud.aws.putObject("templates", "t", "x");

        assertThat(send("GET", "/templates/t?versionId=1", "").body())
                .contains("<Code>NotImplemented</Code>")
                .contains("The query parameter versionId");
        assertThat(send("DELETE", "/templates/t", "").statusCode()).isEqualTo(501);
        assertThat(send("GET", "/templates", "").statusCode()).isEqualTo(501);
        assertThat(send("PUT", "/templates/u", "", Map.of("x-amz-copy-source", "/templates/t"))
                        .body())
                .contains("The header x-amz-copy-source");
    }

    @Test
    void readsAnUploadThatIsSignedPieceByPiece() throws Exception {
        send("PUT", "/templates", "");
        String pieces = "5;chunk-signature=aa\r\nReso\n\r\n4;chunk-signature=bb\r\nurce\r\n0;chunk-signature=cc\r\n"
                + "x-amz-checksum-crc32:NKj9Og==\r\n\r\n";

        send(
                "PUT",
                "/templates/t",
                pieces,
                Map.of("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"));

        assertThat(send("GET", "/templates/t", "").body()).isEqualTo("Reso\nurce");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, If-None-Match, *",
        "GET, If-Modified-Since, 'Sat, 01 Jan 2000 00:00:00 GMT'",
        "GET, Range, bytes=0-1",
        "PUT, x-amz-acl, public-read",
        "PUT, x-amz-server-side-encryption, aws:kms",
        "PUT, x-amz-meta-owner, acme",
        "PUT, x-amz-checksum-md5, x",
    })
    void refusesAHeaderThatItWouldNotObey(String method, String header, String value) throws Exception {
        cloud.aws.putObject("templates", "t", "x");

        HttpResponse<String> answer = send(method, "/templates/t", "", Map.of(header, value));

        assertThat(answer.statusCode()).isEqualTo(501);
        assertThat(answer.body())
                .contains("<Code>NotImplemented</Code>")
                .contains("The header " + header.toLowerCase(Locale.ROOT) + " is not supported by the sandbox's");
    }

    @Test
    void takesWhatClientsSendByDefault() throws Exception {
        send("PUT", "/templates", "");

        HttpResponse<String> put = send(
                "PUT",
                "/templates/t",
                "123456789",
                Map.of(
                        "x-amz-content-sha256", "UNSIGNED-PAYLOAD",
                        "x-amz-date", "20260101T000000Z",
                        "x-amz-security-token", "token",
                        "x-amz-sdk-checksum-algorithm", "CRC32"));
        HttpResponse<String> got = send("GET", "/templates/t", "", Map.of("x-amz-checksum-mode", "ENABLED"));

        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(got.body()).isEqualTo("123456789");
    }

    /** The check values of the catalogue of CRCs, and of the digests, of 123456789. */
    @ParameterizedTest
    @CsvSource({
        "Content-MD5, JfnnlDI7RTiF9RgfG2JNCw==",
        "x-amz-checksum-crc32, y/Q5Jg==",
        "x-amz-checksum-crc32c, 4waSgw==",
        "x-amz-checksum-crc64nvme, rosUhgp5mIg=",
        "x-amz-checksum-sha1, 98O8HYCOBHMq32eZZczDTKeuNEE=",
        "x-amz-checksum-sha256, FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=",
    })
    void checksWhatTheClientComputed(String header, String checksum) throws Exception {
        send("PUT", "/templates", "");

        HttpResponse<String> right = send("PUT", "/templates/t", "123456789", Map.of(header, checksum));
        HttpResponse<String> wrong = send("PUT", "/templates/t", "12345678", Map.of(header, checksum));

        assertThat(right.statusCode()).isEqualTo(200);
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("<Code>BadDigest</Code>");
    }

    @Test
    void checksWhatFollowsAnUpload() throws Exception {
        send("PUT", "/templates", "");

        assertThat(send(
                                "PUT",
                                "/templates/t",
                                "4\r\nReso\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n",
                                Map.of("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"))
                        .body())
                .contains("<Code>BadDigest</Code>");
    }

    @Test
    void refusesAnUploadThatBreaksOff() throws Exception {
        send("PUT", "/templates", "");

        assertThat(send(
                                "PUT",
                                "/templates/t",
                                "ff;chunk-signature=aa\r\nshort",
                                Map.of("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"))
                        .body())
                .contains("<Code>IncompleteBody</Code>");
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return send(method, path, body, Map.of());
    }

    private HttpResponse<String> send(String method, String path, String body, Map<String, String> headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(cloud.aws.endpoint() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
