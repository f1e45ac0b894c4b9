package seedance.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.generation.TaskTraits;

/** Receipts as files: always inside their folder, whole or not there, and none stalls anyone. */
class FolderReceiptsTest extends ReceiptsContract {
  @TempDir Path outside;

  @Override
  protected Receipts worker() {
    StoreFiles files = new StoreFiles(folder().getParent(), StoreAccess.OWNER);
    return new NotedReceipts(new FolderNotes(files, folder()), clock);
  }

  private Path folder() {
    return outside.resolve("clips/.receipts");
  }

  @Test
  void store_keepsItsReceiptsBesideItsClips_whereNoWorkflowIdLeads() throws Exception {
    FolderStore store = new FolderStore(outside.resolve("clips"));
    store.receipts().open(submission("s"));

    assertThat(new FolderStore(outside.resolve("clips")).receipts().find("s")).isPresent();
    assertThat(folder().resolve("open/s")).isRegularFile();
    assertThat(Path.of(store.place(".receipts", "cgt-1").location())).isNotEqualTo(folder());
  }

  @Test
  void nothingIsWrittenOutside_andNoPartIsLeft() throws Exception {
    worker().open(submission("../../../escaped"));
    worker().accepted("../../../escaped", "../../cgt-1");
    worker().claim("../../cgt-1", "other");

    try (Stream<Path> files = Files.walk(outside)) {
      assertThat(files.filter(Files::isRegularFile))
          .hasSize(2)
          .allMatch(file -> file.startsWith(folder()))
          .noneMatch(file -> file.toString().endsWith(".part"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[]", "{\"openedAt\":\"soon\"}", "\0\0\0"})
  void openNoteThatIsBroken_countsAsASubmissionOfItsTime_thatCanBeOfAnyTask(String text)
      throws Exception {
    worker().open(submission("s"));
    Files.writeString(folder().resolve("open/s"), text);
    Files.setLastModifiedTime(folder().resolve("open/s"), FileTime.from(NOW));

    assertThat(worker().find("s")).isEmpty();
    assertThat(worker().openSince(NOW))
        .containsExactly(new OpenSubmission("s", "", NOW, TaskTraits.ANY));
    assertThat(worker().openSince(NOW.plusSeconds(1))).isEmpty();
    assertThat(worker().open(submission("s"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "{\"workflowId\":\"w\"}"})
  void receiptThatIsBroken_countsAsNone_andIsReplaced(String text) throws Exception {
    worker().accepted("s", "cgt-1");
    Files.writeString(folder().resolve("receipts/s"), text);

    assertThat(worker().taskOf("s")).isEmpty();
    assertThat(worker().ownerOf("cgt-1")).contains("s");
    worker().accepted("s", "cgt-1");
    assertThat(worker().taskOf("s")).contains("cgt-1");
  }

  @Test
  void claimThatIsBroken_isOfNobody_andIsMovedAside_onceNobodyCanBeWritingIt() throws Exception {
    worker().claim("cgt-1", "first");
    Path claim = folder().resolve("claims/cgt-1");
    Files.writeString(claim, "");
    Files.setLastModifiedTime(claim, FileTime.from(NOW));

    assertThat(worker().ownerOf("cgt-1")).isEmpty();
    assertThatThrownBy(() -> worker().claim("cgt-1", "second")).isInstanceOf(IOException.class);
    assertThat(claim).exists();

    clock.advance(Duration.ofMinutes(2));
    assertThatThrownBy(() -> worker().claim("cgt-1", "second")).isInstanceOf(IOException.class);
    assertThat(worker().claim("cgt-1", "second")).isTrue();
    assertThat(worker().claim("cgt-1", "third")).isFalse();
  }

  @Test
  void callbackSecret_isItsOwnersAlone_fromItsFirstByteOn() throws Exception {
    worker().callbackSecret();

    assertThat(Files.getPosixFilePermissions(folder().resolve("callback-secret")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(names(".")).containsExactly("callback-secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[]", "{\"key\":\"c2hvcnQ\"}", "{\"key\":\"?\"}"})
  void callbackSecretThatMakesNoSense_isAnIOException_andStays(String text) throws Exception {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("callback-secret"), text);

    assertThatThrownBy(() -> worker().callbackSecret())
        .isInstanceOf(IOException.class)
        .hasMessage("the secret of its callbacks makes no sense");
    assertThat(folder().resolve("callback-secret")).hasContent(text);
  }

  @Test
  void callbackSecretThatIsALinkElsewhere_isNone() throws Exception {
    worker().callbackSecret();
    Path elsewhere = outside.resolve("elsewhere");
    Files.move(folder().resolve("callback-secret"), elsewhere);
    Files.createSymbolicLink(folder().resolve("callback-secret"), elsewhere);

    assertThatThrownBy(() -> worker().callbackSecret()).isInstanceOf(IOException.class);
  }

  @Test
  void choiceThatIsBroken_holdsNobodyUp_onceNobodyCanBeWritingIt() throws Exception {
    Path choice = folder().resolve("choices/s");
    Files.createDirectories(choice.getParent());
    Files.writeString(choice, "");
    Files.setLastModifiedTime(choice, FileTime.from(NOW));

    assertThat(worker().claimOnly("cgt-1", "s")).isFalse();
    clock.advance(Duration.ofMinutes(2));
    assertThat(worker().claimOnly("cgt-1", "s")).isTrue();
    assertThat(worker().claimOnly("cgt-2", "s")).isFalse();
  }

  @Test
  void openNoteOfAnEarlierVersion_isRead_andNamesNoProof() throws Exception {
    worker().open(submission("s"));
    Path note = folder().resolve("open/s");
    Files.writeString(note, Files.readString(note).replace(",\"provenCallback\":true", ""));

    assertThat(Files.readString(note)).doesNotContain("provenCallback");
    assertThat(worker().find("s").orElseThrow().provenCallback()).isNull();
    assertThat(worker().find("s").orElseThrow().traits()).isEqualTo(TRAITS);
  }

  @Test
  void receiptBesideAnOpenNote_isAReceipt_asItsWriterMayHaveDiedBetweenTheTwo() throws Exception {
    worker().open(submission("s"));
    byte[] note = Files.readAllBytes(folder().resolve("open/s"));
    worker().accepted("s", "cgt-1");
    Files.write(folder().resolve("open/s"), note);

    assertThat(worker().taskOf("s")).contains("cgt-1");
    assertThat(worker().openSince(NOW)).isEmpty();
  }

  @Test
  void partOfADeadWorker_isNoSubmission() throws Exception {
    worker().open(submission("s"));
    Files.writeString(folder().resolve("open/.other-1.part"), "{");

    assertThat(worker().openSince(NOW)).hasSize(1);
  }

  @Test
  void storeThatCannotBeWritten_isAnIOException() throws Exception {
    Files.createDirectories(outside.resolve("clips"));
    Files.writeString(folder(), "a file in the way");

    assertThatThrownBy(() -> worker().open(submission("s"))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> worker().claim("cgt-1", "s")).isInstanceOf(IOException.class);
  }

  private List<String> names(String in) {
    try (Stream<Path> files = Files.list(folder().resolve(in))) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
