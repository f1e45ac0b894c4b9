package seedance.activities.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seedance.workflows.generation.TaskTraits;
import seedance.workflows.json.WireForm;

/**
 * Receipts as notes: {@code open/SUBMISSION}, {@code receipts/SUBMISSION}, {@code claims/TASK} and
 * {@code choices/SUBMISSION}.
 */
public final class NotedReceipts implements Receipts {
  private static final Logger log = LoggerFactory.getLogger(NotedReceipts.class);

  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** A note has ids and a request's settings. */
  private static final int LARGEST = 1 << 20;

  private final Notes notes;
  private final Choices choices;
  private final SecretNote callbackSecret;
  private final Clock clock;

  public NotedReceipts(Notes notes, Clock clock) {
    this.notes = Objects.requireNonNull(notes, "notes");
    this.choices = new Choices(notes, this::ownerOf, clock);
    this.callbackSecret = new SecretNote(notes, clock);
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public boolean open(OpenSubmission submission) throws IOException {
    return notes.writeFirst(openPath(submission.submissionId()), json(submission));
  }

  @Override
  public void accepted(String submissionId, String taskId) throws IOException {
    String workflowId;
    try {
      workflowId = find(submissionId).map(OpenSubmission::workflowId).orElse(null);
    } catch (IOException notRead) {
      // The receipt counts, and the open note knows the workflow as long as it stays.
      notes.write(receiptPath(submissionId), json(new Receipt(taskId, null)));
      claim(taskId, submissionId);
      return;
    }
    // A receipt that is there already knows the workflow, which is no longer to be had otherwise.
    if (workflowId != null || taskOf(submissionId).filter(taskId::equals).isEmpty()) {
      notes.write(receiptPath(submissionId), json(new Receipt(taskId, workflowId)));
    }
    claim(taskId, submissionId);
    close(submissionId);
  }

  @Override
  public void close(String submissionId) throws IOException {
    notes.delete(openPath(submissionId));
  }

  @Override
  public Optional<String> taskOf(String submissionId) throws IOException {
    return read(receiptPath(submissionId), Receipt.class).map(Receipt::taskId);
  }

  @Override
  public Optional<String> ownerOf(String taskId) throws IOException {
    return read(claimPath(taskId), Claim.class).map(Claim::submissionId);
  }

  @Override
  public boolean claim(String taskId, String submissionId) throws IOException {
    if (notes.writeFirst(claimPath(taskId), json(new Claim(submissionId)))) {
      return true;
    }
    Optional<String> owner = ownerOf(taskId);
    if (owner.isPresent()) {
      return owner.get().equals(submissionId);
    }
    freeBrokenClaim(claimPath(taskId));
    return false;
  }

  @Override
  public boolean claimOnly(String taskId, String submissionId) throws IOException {
    // One that is another's is no choice.
    return ownerOf(taskId).filter(owner -> !owner.equals(submissionId)).isEmpty()
        && choices.choose(submissionId, taskId)
        && taskOf(submissionId).filter(task -> !task.equals(taskId)).isEmpty()
        && claim(taskId, submissionId);
  }

  /**
   * A claim that says nothing, as its disk was full or broken, must not hold its task for ever; the
   * next attempt has the place to itself.
   */
  private void freeBrokenClaim(String path) throws IOException {
    Optional<Instant> written = notes.writtenAt(path);
    if (written.isPresent() && written.get().plus(Notes.LONGEST_WRITE).isBefore(clock.instant())) {
      notes.freeBroken(path);
    }
    throw new IOException("a claim in it is not readable");
  }

  @Override
  public CallbackSecret callbackSecret() throws IOException {
    return callbackSecret.get();
  }

  @Override
  public Optional<OpenSubmission> find(String submissionId) throws IOException {
    return read(openPath(submissionId), OpenSubmission.class);
  }

  @Override
  public Optional<String> workflowOf(String submissionId) throws IOException {
    Optional<String> stillOpen = find(submissionId).map(OpenSubmission::workflowId);
    return stillOpen.isPresent()
        ? stillOpen
        : read(receiptPath(submissionId), Receipt.class).map(Receipt::workflowId);
  }

  @Override
  public List<OpenSubmission> openSince(Instant moment) throws IOException {
    List<OpenSubmission> found = new ArrayList<>();
    for (Notes.Entry note : notes.in("open")) {
      Optional<OpenSubmission> submission = openIn(note);
      if (submission.isPresent()
          && !submission.get().openedAt().isBefore(moment)
          && !isSettled(submission.get().submissionId())) {
        found.add(submission.get());
      }
    }
    return found;
  }

  @Override
  public boolean showsAllOpen() {
    return notes.showsAll();
  }

  /** The receipt comes before the claim, and until that its task looks like anyone's. */
  private boolean isSettled(String submissionId) throws IOException {
    Optional<String> task = taskOf(submissionId);
    return task.isPresent() && ownerOf(task.get()).isPresent();
  }

  /** Empty where the note is gone. */
  private Optional<OpenSubmission> openIn(Notes.Entry note) throws IOException {
    Optional<OpenSubmission> read = readable(note.path(), OpenSubmission.class);
    return read.isPresent() || notes.writtenAt(note.path()).isEmpty()
        ? read
        : Optional.of(
            new OpenSubmission(
                note.path().substring("open/".length()), "", note.writtenAt(), TaskTraits.ANY));
  }

  private static String openPath(String submissionId) {
    return "open/" + StoreName.of(submissionId);
  }

  private static String receiptPath(String submissionId) {
    return "receipts/" + StoreName.of(submissionId);
  }

  private static String claimPath(String taskId) {
    return "claims/" + StoreName.of(taskId);
  }

  private static byte[] json(Object note) {
    try {
      return JSON.writeValueAsBytes(note);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a note is always JSON", e);
    }
  }

  /**
   * @throws IOException also where it makes no sense, and notes are never there in part
   */
  private <T> Optional<T> read(String path, Class<T> type) throws IOException {
    Optional<byte[]> json = notes.read(path, LARGEST);
    Optional<T> read = json.flatMap(there -> parsed(path, there, type));
    if (json.isPresent() && read.isEmpty() && !notes.mayBeInPart()) {
      throw new IOException("a note in it is not readable");
    }
    return read;
  }

  /** Empty too where it makes no sense. */
  private <T> Optional<T> readable(String path, Class<T> type) throws IOException {
    return notes.read(path, LARGEST).flatMap(json -> parsed(path, json, type));
  }

  private static <T> Optional<T> parsed(String path, byte[] json, Class<T> type) {
    try {
      return Optional.ofNullable(JSON.readValue(json, type));
    } catch (IOException notReadable) {
      log.warn("The note {} in the store is not readable", path);
      return Optional.empty();
    }
  }

  /**
   * @param workflowId null where it was not known
   */
  @WireForm
  private record Receipt(String taskId, @Nullable String workflowId) {
    Receipt {
      Objects.requireNonNull(taskId, "taskId");
    }
  }

  @WireForm
  private record Claim(String submissionId) {
    Claim {
      Objects.requireNonNull(submissionId, "submissionId");
    }
  }
}
