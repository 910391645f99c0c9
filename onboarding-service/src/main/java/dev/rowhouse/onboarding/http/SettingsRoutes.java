package dev.rowhouse.onboarding.http;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rowhouse.onboarding.settings.SettingsChecks;
import dev.rowhouse.onboarding.settings.SettingsDocument;
import dev.rowhouse.onboarding.settings.SettingsProblem;
import dev.rowhouse.onboarding.settings.SettingsRegister;
import dev.rowhouse.schema.Json;
import dev.rowhouse.schema.SaasId;
import dev.rowhouse.service.http.Body;
import dev.rowhouse.service.http.ProblemException;
import dev.rowhouse.service.http.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code PUT} and {@code GET /api/v1/settings/{saas_id}}. */
public final class SettingsRoutes implements Routes {

    /** A script of 20 MB, every character of it escaped as two, and the rest of the document. */
    private static final int LIMIT = 42 * 1024 * 1024;

    private static final String PATH = "/api/v1/settings/{saas_id}";

    /** Strict where the rest of the API is lenient: see {@link SettingsDocument}. */
    private static final ObjectMapper STRICT =
            Json.mapper().copy().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final SettingsRegister store;

    public SettingsRoutes(SettingsRegister store) {
        this.store = store;
    }

    @Override
    public void register(RoutesConfig routes) {
        routes.put(PATH, this::put);
        routes.get(PATH, this::get);
    }

    private void put(Context context) throws IOException {
        SaasId saas = saasId(context);
        SettingsDocument document = Body.json(Body.bytes(context, LIMIT), SettingsDocument.class, STRICT);
        List<SettingsProblem> problems = SettingsChecks.of(document);
        if (!problems.isEmpty()) {
            throw new ProblemException(
                    400,
                    "Invalid settings",
                    "Nothing was registered: mend every one of the problems and send the document again.",
                    Map.of("problems", problems));
        }
        context.json(SettingsView.of(store.put(document.settings(saas), document.template(), document.sql())));
    }

    private void get(Context context) {
        SaasId saas = saasId(context);
        context.json(SettingsView.of(store.current(saas)
                .orElseThrow(() -> new ProblemException(404, "Not found", "No settings are registered for " + saas))));
    }

    private static SaasId saasId(Context context) {
        try {
            return new SaasId(context.pathParam("saas_id"));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(400, "Invalid saas_id", e.getMessage());
        }
    }
}
