package dev.rowhouse.status.projection;

import dev.rowhouse.schema.OnboardingProgress;
import dev.rowhouse.schema.TenantStatus;
import dev.rowhouse.schema.TenantStatus.SqlProgress;
import java.util.Optional;

/**
 * Puts progress on a row, forwards only: what a process that lost the tenant writes late, and what comes twice, changes
 * nothing. Pure.
 */
final class ProgressFold {

    private ProgressFold() {}

    /**
     * Whether the row that progress belongs to is yet to come.
     *
     * @param row null before the tenant's first
     */
    static boolean isAhead(TenantStatus row, OnboardingProgress progress) {
        return row == null || progress.attempt() > row.attempt();
    }

    /**
     * The row with progress of its own attempt; empty when the progress changes nothing: it is an earlier attempt's, or no
     * further than what the row shows.
     */
    static Optional<TenantStatus> fold(TenantStatus row, OnboardingProgress progress) {
        SqlProgress shown = row.sqlProgress();
        if (progress.attempt() != row.attempt() || shown != null && progress.statement() <= shown.statement()) {
            return Optional.empty();
        }
        return Optional.of(row.withSqlProgress(
                new SqlProgress(progress.statement(), progress.statements(), progress.occurredAt())));
    }

    /**
     * Which of two has come further.
     *
     * @param known null when nothing is known yet
     */
    static OnboardingProgress further(OnboardingProgress known, OnboardingProgress next) {
        if (known == null || next.attempt() > known.attempt()) {
            return next;
        }
        return next.attempt() == known.attempt() && next.statement() > known.statement() ? next : known;
    }
}
