package dev.rowhouse.quickstart;

import java.net.URI;

/** What to try while the quickstart is up: lines that work when pasted. */
final class Hints {

    private Hints() {}

    static String text(int httpPort, String kafka, URI aws, String apiKey) {
        return """

                It stays up until Ctrl-C. API key: %4$s
                  API    http://127.0.0.1:%1$d     Kafka  %2$s     AWS  %3$s

                Create a tenant, by event or by request, and follow it:
                  echo '{"tenant_id":"mine","tenant_name":"My tenant","saas_id":"sample"}' | kcat -b %2$s -P -t tenant-created
                  curl -H 'Authorization: Bearer %4$s' -d '{"tenant_name":"Another","saas_id":"sample"}' http://127.0.0.1:%1$d/api/v1/tenants
                  curl -H 'Authorization: Bearer %4$s' http://127.0.0.1:%1$d/api/v1/tenants/mine
                  kcat -b %2$s -C -t tenant-status-changed -f '%%k %%s\\n'

                Look at the stacks:
                  AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any AWS_DEFAULT_REGION=%5$s aws --endpoint-url %3$s cloudformation list-stacks
                """.formatted(httpPort, kafka, aws, apiKey, House.REGION);
    }
}
