package seedance.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URL;
import java.time.ZoneId;
import java.util.Collections;
import java.util.TimeZone;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;

/**
 * The arrows between the modules and what must not be where. ArchUnit fails a rule that finds no
 * class to look at, so none passes by looking at nothing (archunit.properties).
 */
@AnalyzeClasses(
    packages = "seedance",
    importOptions = {DoNotIncludeTests.class, ArchitectureTest.WithoutTestJars.class})
class ArchitectureTest {
  private static final String WORKFLOWS = "seedance.workflows..";
  private static final String ACTIVITIES = "seedance.activities..";
  private static final String PROVIDER = "seedance.activities.provider..";
  private static final String BUCKET = "seedance.activities.store.s3..";
  private static final String WORKER = "seedance.worker..";
  private static final String PROCESS = "seedance.worker";
  private static final String DEV = "seedance.worker.dev..";
  private static final String JUNIT = "seedance.worker.dev.junit";
  private static final String SIMULATOR = "seedance.worker.dev.simulator..";
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
  static final ArchRule workflows_useFourLibraries =
      classes()
          .that()
          .resideInAPackage(WORKFLOWS)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              WORKFLOWS,
              "io.temporal..",
              "com.google.protobuf",
              "com.uber.m3..",
              "com.fasterxml.jackson..",
              "org.slf4j",
              "org.jspecify.annotations")
          .because(
              "who takes the contract takes all that it needs: the SDK, with two libraries that"
                  + " stand in its signatures, Jackson, SLF4J, and JSpecify's annotations");

  @ArchTest
  static final ArchRule json_knowsNothingOfTheRest =
      noClasses()
          .that()
          .resideInAPackage("seedance.workflows.json")
          .should()
          .dependOnClassesThat(
              resideInAPackage("seedance..").and(not(resideInAPackage("seedance.workflows.json"))))
          .because("what reads JSON knows no request, and stands below all that does");

  @ArchTest
  static final ArchRule workflows_readNoFiles_butTheCatalogue =
      noClasses()
          .that()
          .resideInAPackage(WORKFLOWS)
          .and()
          .haveNameNotMatching(".*(Catalogue|JsonFile|InvalidFileException)\\w*")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..")
          .because("only the model catalogue is a file that a user may name");

  @ArchTest
  static final ArchRule workflows_askNothingOfTheMachine =
      noClasses()
          .that()
          .resideInAPackage(WORKFLOWS)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.nio.channels..", "javax.net..")
                  .or(nameMatching("java\\.io\\.(File|RandomAccess|Console).*"))
                  .or(nameMatching("java\\.net\\.(.*Socket|.*Connection|Inet.*)"))
                  .or(nameMatching("java\\.lang\\.(Process.*|Runtime)")))
          .orShould()
          .callMethodWhere(
              calls(System.class, "getenv|getProperty|getProperties|exit|console")
                  .or(calls(URL.class, "open.*|getContent"))
                  .or(calls(ZoneId.class, "systemDefault"))
                  .or(calls(TimeZone.class, "getDefault")))
          .orShould()
          .accessField(System.class, "in")
          .because("a replay on another machine has to take the same path");

  /** All of the module: what workflow code reaches of it is more than its packages tell. */
  @ArchTest
  static final ArchRule workflows_takeTimeAndChanceFromWorkflowAlone =
      noClasses()
          .that()
          .resideInAPackage(WORKFLOWS)
          .should()
          .callMethodWhere(
              describe(
                  "the time is asked of java.time",
                  call ->
                      call.getTargetOwner().getPackageName().equals("java.time")
                          && call.getName().equals("now")))
          .orShould()
          .callMethodWhere(
              calls(System.class, "currentTimeMillis|nanoTime|identityHashCode")
                  .or(calls(UUID.class, "randomUUID"))
                  .or(calls(Math.class, "random"))
                  .or(calls(Collections.class, "shuffle")))
          .orShould()
          .dependOnClassesThat(
              resideInAPackage("java.util.random")
                  .or(nameMatching("java\\.(util|security)\\..*Random"))
                  .or(nameMatching("java\\.util\\.(Date|.*Calendar)"))
                  .or(nameMatching("java\\.time\\.(Clock|InstantSource)")))
          .because("a replay has to take the same path; Workflow has its own clock and randomness");

  @ArchTest
  static final ArchRule workflows_startNoThreads_andWaitForNone =
      noClasses()
          .that()
          .resideInAPackage(WORKFLOWS)
          .should()
          .dependOnClassesThat(
              resideInAPackage("java.util.concurrent..")
                  .and(not(resideInAPackage("java.util.concurrent.atomic")))
                  .or(nameMatching("java\\.lang\\.Thread.*"))
                  .or(nameMatching("java\\.util\\.Timer.*")))
          .orShould()
          .callMethodWhere(
              calls(Object.class, "wait|notify|notifyAll")
                  .or(
                      describe(
                          "a stream goes parallel",
                          call -> call.getName().matches("parallel(Stream)?"))))
          .because("workflow code runs on threads that Workflow orders; others come as they like");

  @ArchTest
  static final ArchRule workflows_lockNothing =
      noMethods()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage(WORKFLOWS)
          .should()
          .haveModifier(JavaModifier.SYNCHRONIZED)
          .because("a workflow's threads take turns, and a lock that one holds stops them all");

  @ArchTest
  static final ArchRule workflows_shareNothingThatChanges =
      fields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage(WORKFLOWS)
          .and()
          .areStatic()
          .should()
          .beFinal()
          .because("what one workflow wrote, another would read, and its replay would not");

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
  static final ArchRule awsSdk_isSeenByTheBucketAlone =
      noClasses()
          .that()
          .resideInAPackage("seedance..")
          .and()
          .resideOutsideOfPackage(BUCKET)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon..")
          .because("the port is ArtifactStore, and who keeps a folder has no such library");

  @ArchTest
  static final ArchRule bucket_isSeenByWhoReadsTheSettingsAlone =
      noClasses()
          .that()
          .resideInAPackage("seedance..")
          .and()
          .resideOutsideOfPackage(BUCKET)
          .and()
          .haveNameNotMatching("seedance\\.activities\\.ConfigurationReader")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(BUCKET)
          .because("no class of it is loaded where the store is a folder");

  @ArchTest
  static final ArchRule netty_isSeenByTheWorkersPortsAlone =
      noClasses()
          .that()
          .resideInAPackage("seedance..")
          .and()
          .resideOutsideOfPackage(PROCESS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty..")
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc.netty.shaded..")
          .because("who takes the module in takes no server; gRPC's own copy is gRPC's affair");

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
  static final ArchRule workerInProduction_knowsNothingOfDev =
      noClasses()
          .that()
          .resideInAPackage(PROCESS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(DEV)
          .because("a simulated service and a Temporal server of its own are for trials and tests");

  @ArchTest
  static final ArchRule simulatedService_needsNoProcess =
      noClasses()
          .that()
          .resideInAnyPackage(SIMULATOR, JUNIT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PROCESS, "seedance.worker.dev", "io.temporal..")
          .because("tests of users take it without a worker process and its log");

  @ArchTest
  static final ArchRule jUnit_isSeenByItsExtensionAlone =
      noClasses()
          .that()
          .resideInAPackage("seedance..")
          .and()
          .resideOutsideOfPackage(JUNIT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.junit..")
          .because("the simulated service runs without JUnit too, and nothing else is for tests");

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
  static final ArchRule packages_sayWhereNullMayBe =
      classes()
          .that()
          .resideInAPackage("seedance..")
          .should(
              ArchCondition.from(
                  describe(
                      "be in a package that is @NullMarked",
                      (JavaClass type) -> type.getPackage().isAnnotatedWith(NullMarked.class))))
          .because("null goes only where @Nullable says so, which ./mvnw -Pnullness checks");

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

  /** Fakes and contract suites of other modules. */
  static final class WithoutTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static DescribedPredicate<JavaMethodCall> calls(Class<?> owner, String names) {
    return describe(
        owner.getSimpleName() + "." + names,
        call -> call.getTargetOwner().isEquivalentTo(owner) && call.getName().matches(names));
  }
}
