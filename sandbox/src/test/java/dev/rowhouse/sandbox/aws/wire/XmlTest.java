package dev.rowhouse.sandbox.aws.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class XmlTest {
    @Test
    void givesAParserBackWhatWasWritten() throws Exception {
        String nasty = "<a href=\"x\">&amp;'</a>\n\t\r é 漢 😀";

        assertThat(parsed(nasty)).isEqualTo(nasty);
    }

    @Test
    void replacesWhatXmlCannotSay() throws Exception {
        assertThat(parsed("bell\u0007null\u0000lone\uD800")).isEqualTo("bell\uFFFDnull\uFFFDlone\uFFFD");
    }

    @Test
    void leavesOutWhatHasNoValue() {
        assertThat(new Xml().text("A", null).text("B", "").toString()).isEqualTo("<B></B>");
    }

    @Test
    void writesListsAsMembers() {
        assertThat(new Xml().members("Ids", List.of("a", "b")).toString())
                .isEqualTo("<Ids><member>a</member><member>b</member></Ids>");
    }

    @Test
    void writesInstantsToTheMillisecond() {
        assertThat(new Xml().text("At", Instant.parse("2026-01-01T00:00:00Z")).toString())
                .isEqualTo("<At>2026-01-01T00:00:00.000Z</At>");
    }

    private static String parsed(String text) throws Exception {
        byte[] xml = new Xml().text("T", text).toString().getBytes(StandardCharsets.UTF_8);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml))
                .getDocumentElement()
                .getTextContent();
    }
}
