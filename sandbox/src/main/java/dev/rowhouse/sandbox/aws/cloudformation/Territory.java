package dev.rowhouse.sandbox.aws.cloudformation;

import dev.rowhouse.sandbox.aws.template.PseudoParameters;

/** Where a stack's name is unique: one region of one account. */
record Territory(String account, String region) {
    String partition() {
        return PseudoParameters.partition(region);
    }

    String stackId(String name, String unique) {
        return "arn:" + partition() + ":cloudformation:" + region + ":" + account + ":stack/" + name + "/" + unique;
    }
}
