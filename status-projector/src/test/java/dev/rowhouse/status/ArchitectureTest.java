package dev.rowhouse.status;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.rowhouse.status");

    @Test
    void onlyOneClassQueriesStateStores() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..projection..")
                .and()
                .doNotHaveSimpleName("StoreStatusTable")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka.streams.state..")
                .check(CLASSES);
    }

    @Test
    void routesKnowTheTableAndNothingBehindIt() {
        noClasses()
                .that()
                .resideInAPackage("..status.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "..status.projection..", "..status.runtime..")
                .check(CLASSES);
    }

    @Test
    void theProjectionKnowsNothingOfWhoAsks() {
        noClasses()
                .that()
                .resideInAPackage("..status.projection..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.rowhouse.service..", "..status.query..", "..status.http..", "io.javalin..")
                .check(CLASSES);
    }
}
