package dev.rowhouse.onboarding.lifecycle;

import dev.rowhouse.schema.TenantCreated;
import dev.rowhouse.schema.TenantId;
import java.time.Instant;

/** Something an onboarding may have to answer to. */
public sealed interface Signal {

    /** Whom it is for. */
    TenantId tenantId();

    /**
     * What follows from it. Pure.
     *
     * @param current the tenant's onboarding; null where there is none
     */
    Decision decide(Onboarding current, Instant now);

    /** A tenant was created. Again for the same SaaS it changes nothing; under another SaaS it is a conflict. */
    record Created(TenantCreated event) implements Signal {
        @Override
        public TenantId tenantId() {
            return event.tenantId();
        }

        @Override
        public Decision decide(Onboarding current, Instant now) {
            if (current == null) {
                return Advance.begin(Tenant.of(event), now).decision();
            }
            if (!current.tenant().saasId().equals(event.saasId())) {
                return Decision.conflict("tenant " + tenantId() + " belongs to SaaS "
                        + current.tenant().saasId() + ", so it cannot be created for SaaS " + event.saasId()
                        + ": choose another tenant_id");
            }
            return Decision.NOTHING;
        }
    }

    /**
     * A step tells something. What another step than the current one tells is late, and ignored.
     *
     * @param attempt the attempt it was started in
     * @param stepNumber the number it was started under
     */
    record Reported(TenantId tenantId, int attempt, int stepNumber, Fact fact) implements Signal {
        @Override
        public Decision decide(Onboarding current, Instant now) {
            if (current == null
                    || !current.isRunning()
                    || current.attempt() != attempt
                    || current.stepRun().number() != stepNumber) {
                return Decision.NOTHING;
            }
            return fact.decide(current, now);
        }
    }
}
