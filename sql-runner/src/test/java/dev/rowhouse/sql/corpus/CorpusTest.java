package dev.rowhouse.sql.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.sql.mysql.MySqlSplitter;
import dev.rowhouse.sql.postgres.PostgresSplitter;
import dev.rowhouse.sql.script.Splitter;
import dev.rowhouse.sql.script.Statements;
import dev.rowhouse.sql.script.UnreadableScriptException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CorpusTest {

    static Stream<Arguments> corpus() {
        return Stream.concat(
                CorpusFile.of("mysql").stream().map(file -> Arguments.of(new MySqlSplitter(), file)),
                CorpusFile.of("postgres").stream().map(file -> Arguments.of(new PostgresSplitter(), file)));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("corpus")
    void readsEveryScriptAsItsServersClientDoes(Splitter splitter, CorpusFile file) throws Exception {
        if (file.refusal().isPresent()) {
            assertThatThrownBy(() -> splitter.split(file.text()))
                    .isInstanceOfSatisfying(
                            UnreadableScriptException.class,
                            e -> assertThat(e.line())
                                    .isEqualTo(file.refusal().get().line()))
                    .hasMessageStartingWith(file.refusal().get().message())
                    .hasMessageNotContaining("secret");
            return;
        }
        List<String> described = Statements.of(splitter.split(file.text())).stream()
                .map(CorpusFile::described)
                .toList();

        assertThat(described).isEqualTo(file.statements());
    }
}
