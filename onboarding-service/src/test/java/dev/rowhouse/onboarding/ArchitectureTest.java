package dev.rowhouse.onboarding;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What each package may know. */
class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.rowhouse.onboarding");

    @Test
    void theLifecycleIsPure() {
        noClasses()
                .that()
                .resideInAPackage("..lifecycle..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..", "software.amazon..", "java.sql..", "io.javalin..", "java.net.http..")
                .check(OURS);
    }

    @Test
    void onlyTheStackAndTheAccountKnowAws() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..stack..", "..account..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon..")
                .check(OURS);
    }

    @Test
    void progressKnowsNothingOfOnboardings() {
        noClasses()
                .that()
                .resideInAPackage("..onboarding.progress..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..lifecycle..", "..loop..", "..intake..", "..step..", "..stack..", "..settings..", "..http..")
                .check(OURS);
    }

    @Test
    void nothingHereTouchesJdbc() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.postgresql..")
                .check(OURS);
    }

    @Test
    void theStackKnowsNoKafkaAndTheLoopNoStack() {
        noClasses()
                .that()
                .resideInAPackage("..stack..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "..loop..", "..intake..", "dev.rowhouse..http..")
                .check(OURS);
        noClasses()
                .that()
                .resideInAnyPackage("..loop..", "..intake..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..stack..", "..settings..", "..http..", "..step..")
                .check(OURS);
    }
}
