package dev.rowhouse.onboarding.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowhouse.schema.TenantId;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class StackNameTest {

    @Test
    void aLegalNameIsTakenAsItIs() {
        assertThat(name("prod", "t-0001")).isEqualTo("rowhouse-prod-t-0001");
        assertThat(name("prod", "7b0c6f6e-6e0a-4b1f-9f5e-0123456789ab"))
                .isEqualTo("rowhouse-prod-7b0c6f6e-6e0a-4b1f-9f5e-0123456789ab");
    }

    @Test
    void aChangedNameKeepsItsShapeAndEndsInAHash() {
        assertThat(name("prod", "a.b_c")).matches("rowhouse-prod-a-b-c-[0-9a-f]{10}");
    }

    @Test
    void aLongNameIsCut() {
        assertThat(name("d".repeat(100), "t".repeat(64))).hasSize(128).matches("rowhouse-d+-t+-[0-9a-f]{10}");
    }

    @Test
    void namesThatDifferOnlyInWhatIsIllegalStayApart() {
        assertThat(Stream.of("a.b", "a_b", "a-b").map(id -> name("prod", id)).collect(Collectors.toSet()))
                .hasSize(3);
    }

    @Test
    void noTenantCanChooseAnIdThatBecomesAnothersName() {
        String victim = name("prod", "a.b");

        assertThat(name("prod", victim.substring("rowhouse-prod-".length()))).isNotEqualTo(victim);
    }

    @Property(tries = 500)
    void everyTenantHasALegalNameThatIsAlwaysTheSame(@ForAll("tenants") TenantId tenant) {
        StackName name = StackName.of("prod", tenant);

        assertThat(name.value()).matches("[A-Za-z][A-Za-z0-9-]{0,127}");
        assertThat(StackName.of("prod", tenant)).isEqualTo(name);
    }

    @Provide
    Arbitrary<TenantId> tenants() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .numeric()
                .withChars("._-")
                .ofMinLength(1)
                .ofMaxLength(64)
                .map(TenantId::new);
    }

    private static String name(String deployment, String tenant) {
        return StackName.of(deployment, new TenantId(tenant)).value();
    }
}
