package dev.rowhouse.onboarding.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AccountAccessTest {

    @Test
    void readsAccountAndPartitionFromTheArn() {
        AccountAccess access = new AccountAccess("arn:aws-cn:iam::123456789012:role/a/b", null, "cn-north-1");

        assertThat(access.accountId()).isEqualTo("123456789012");
        assertThat(access.partition()).isEqualTo("aws-cn");
    }

    @Test
    void refusesWhatIsNoRole() {
        assertThatThrownBy(() -> new AccountAccess("arn:aws:iam::12:role/x", null, "eu-central-1"))
                .hasMessageContaining("arn:aws:iam::123456789012:role/RowhouseAccess");
    }

    @Test
    void refusesARegionThatWouldBecomeAnotherHost() {
        assertThatThrownBy(() -> new AccountAccess("arn:aws:iam::123456789012:role/x", null, "evil.example.com/#"))
                .hasMessageContaining("region");
    }

    @Test
    void doesNotShowTheExternalId() {
        assertThat(new AccountAccess("arn:aws:iam::123456789012:role/x", "hidden-id", "eu-central-1").toString())
                .doesNotContain("hidden-id");
    }
}
