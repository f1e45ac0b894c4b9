package seedance.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The arrows between the modules and what must not be where. ArchUnit fails a rule that finds no
 * class to look at, so none passes by looking at nothing (archunit.properties).
 */
@AnalyzeClasses(packages = "seedance", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String WORKFLOWS = "seedance.workflows..";
  private static final String ACTIVITIES = "seedance.activities..";
  private static final String PROVIDER = "seedance.activities.provider..";
  private static final String SIMULATOR = "seedance.worker.dev.simulator..";
  private static final String WORKER = "seedance.worker..";
  private static final String CLIENT = "seedance.client..";
  private static final String FACADE = "seedance.client";
  private static final String COMMAND_LINE = "seedance.client.cli..";

  @ArchTest
  static final ArchRule workflows_useNoOtherModule =
      noClasses()
          .that()
          .resideInAPackage(WORKFLOWS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ACTIVITIES, WORKER, CLIENT)
          .because("other teams depend on the contract alone");

  @ArchTest
  static final ArchRule workflows_seeNoHttp =
      noClasses()
          .that()
          .resideInAPackage(WORKFLOWS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("okhttp3..", "java.net.http..", "com.sun.net.httpserver..")
          .because(
              "workflow code is replayed, and whoever takes the contract takes no HTTP client");

  @ArchTest
  static final ArchRule workflows_readNoFiles_butTheCatalogue =
      noClasses()
          .that()
          .resideInAPackage(WORKFLOWS)
          .and()
          .haveSimpleNameNotContaining("Catalogue")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..")
          .because("only the model catalogue is a file that a user may name");

  @ArchTest
  static final ArchRule workflowCode_isDeterministic =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("WorkflowImpl")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(Thread.class, Random.class, ThreadLocalRandom.class, Clock.class)
          .because("a replay has to take the same path; Workflow has its own clock and randomness");

  @ArchTest
  static final ArchRule whatWorkflowCodeCalls_isDeterministicToo =
      noClasses()
          .that()
          .resideInAPackage("seedance.workflows.generation..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(Thread.class, Random.class, ThreadLocalRandom.class, Clock.class)
          .because("progress, plans and timings are reckoned inside workflow code");

  @ArchTest
  static final ArchRule activities_useOnlyWorkflows =
      noClasses()
          .that()
          .resideInAPackage(ACTIVITIES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(WORKER, CLIENT)
          .because(
              "an existing worker takes the activities in without our process or command line");

  @ArchTest
  static final ArchRule okHttp_isSeenByTheProvider_andTheSimulatedServiceAlone =
      noClasses()
          .that()
          .resideInAPackage("seedance..")
          .and()
          .resideOutsideOfPackages(PROVIDER, SIMULATOR)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("okhttp3..", "okio..")
          .because(
              "the port is VideoProvider, and its HTTP client can be replaced behind it; the"
                  + " simulated service is the other side, and sends callbacks");

  @ArchTest
  static final ArchRule worker_doesNotKnowTheClient =
      noClasses()
          .that()
          .resideInAPackage(WORKER)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(CLIENT)
          .because("the command line starts the worker, never the other way round");

  @ArchTest
  static final ArchRule facade_usesTheContractAlone =
      noClasses()
          .that()
          .resideInAPackage(FACADE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ACTIVITIES, WORKER, COMMAND_LINE)
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..")
          .because("who only starts generations needs neither our activities nor our process");

  @ArchTest
  static final ArchRule workerIsReached_byFewCommands =
      classes()
          .that()
          .resideInAnyPackage(COMMAND_LINE)
          .and(
              describe(
                  "see the worker or the activities",
                  (JavaClass command) ->
                      command.getDirectDependenciesFromSelf().stream()
                          .anyMatch(
                              arrow ->
                                  resideInAnyPackage(WORKER, ACTIVITIES)
                                      .test(arrow.getTargetClass()))))
          .should()
          .haveNameMatching(".*\\.cli\\.(Dev|Demo|Simulate|Worker)[A-Za-z]*(\\$.*)?")
          .because("the worker is an optional dependency: without it the other commands still run");

  @ArchTest
  static final ArchRule packages_haveNoCycles =
      slices()
          .matching("seedance.(**)")
          .should()
          .beFreeOfCycles()
          .because("a package that needs what needs it cannot be understood alone");

  @ArchTest
  static final ArchRule names_sayWhatAClassIs =
      noClasses()
          .that()
          .resideInAPackage("seedance..")
          .should()
          .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Common)(\\$.*)?")
          .because("such a name says that nobody knew what belongs in the class");

  @ArchTest
  static final ArchRule packages_areNamedByFeature =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..util..", "..utils..", "..common..", "..model..", "..impl..", "..helper..")
          .because("packages are features, in the same words in every module");

  @ArchTest
  static final ArchRule jdkInternals_areLeftAlone =
      noClasses()
          .that(resideInAPackage("seedance.."))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("sun..", "jdk.internal..")
          .because("the module runs on 17 and 25 without opening anything");
}
