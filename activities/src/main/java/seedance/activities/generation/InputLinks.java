package seedance.activities.generation;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import seedance.activities.store.ArtifactStore;
import seedance.activities.store.HashedInput;
import seedance.activities.store.StoredFile;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.ServiceError;
import seedance.workflows.json.Json;
import seedance.workflows.json.JsonPath;
import seedance.workflows.json.Violation;
import seedance.workflows.request.RequestReferences;
import seedance.workflows.request.RequestReferences.PlacedInput;
import seedance.workflows.request.StoredInput;

/**
 * Puts what the service can fetch in the places of inputs that callers put into the store: a link,
 * or, where the store serves none, images and audio inline.
 */
public final class InputLinks {
  /**
   * Of all inline inputs of a request, as files: what is sent has to leave within 30 s of an
   * attempt's start, and passes through memory several times.
   */
  static final long MOST_INLINE = 8L << 20;

  /** A validation has 30 s, and what is sent has to leave within 30 s of its attempt's start. */
  private static final Duration LONGEST = Duration.ofSeconds(8);

  private final ArtifactStore store;
  private final Clock clock;
  private final Duration longest;

  public InputLinks(ArtifactStore store) {
    this(store, Clock.systemUTC(), LONGEST);
  }

  /**
   * @param longest after which nothing is asked of the store any more
   */
  InputLinks(ArtifactStore store, Clock clock, Duration longest) {
    this.store = Objects.requireNonNull(store, "store");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.longest = Objects.requireNonNull(longest, "longest");
  }

  /**
   * Why a request's inputs cannot be handed to the service, for who has spent nothing yet.
   *
   * @param at where the request stands in what was written; empty for itself
   * @return empty where they can, and where the store does not answer, which refuses nothing
   */
  public List<Violation> faults(Json body, String at) {
    return faults(Map.of(at, body));
  }

  /** The same of several requests, by where each stands; it does not take long. */
  public List<Violation> faults(Map<String, Json> bodies) {
    Instant until = clock.instant().plus(longest);
    Map<StoredInput, Optional<StoredFile>> known = new HashMap<>();
    List<Violation> faults = new ArrayList<>();
    for (Map.Entry<String, Json> each : bodies.entrySet()) {
      long inline = 0;
      Set<StoredInput> counted = new HashSet<>();
      for (PlacedInput placed : RequestReferences.inputsIn(each.getValue())) {
        try {
          if (!known.containsKey(placed.input())) {
            known.put(placed.input(), store.input(placed.input()));
          }
          Optional<StoredFile> file = known.get(placed.input());
          boolean goesInline = file.isPresent() && store.publicUrl(file.get().location()).isEmpty();
          inline += goesInline && counted.add(placed.input()) ? file.get().bytes() : 0;
          fault(placed.input(), file, goesInline, inline)
              .ifPresent(
                  what -> faults.add(new Violation(path(each.getKey(), placed.path()), what)));
        } catch (IOException unknown) {
          // They are asked for again when the request is sent.
          return faults;
        }
        if (clock.instant().isAfter(until)) {
          return faults;
        }
      }
    }
    return faults;
  }

  private static String path(String at, String path) {
    return at.isEmpty() ? path : JsonPath.field(at, path);
  }

  private static Optional<String> fault(
      StoredInput input, Optional<StoredFile> file, boolean goesInline, long inline) {
    if (file.isEmpty()) {
      return Optional.of(
          "is not in the store of the worker, whose SEEDANCE_STORE is another, or from which it was"
              + " deleted: put the file there again");
    }
    if (goesInline && input.inlinePrefix().isEmpty()) {
      return Optional.of(
          "is a video in a store that serves nothing to the service: the operator has to set"
              + " SEEDANCE_STORE_URL, or keep the store in a bucket");
    }
    return goesInline && inline > MOST_INLINE
        ? Optional.of(
            "is too large to be sent inline, %d MiB being the most for all of a request: the"
                    .formatted(MOST_INLINE >> 20)
                + " operator has to set SEEDANCE_STORE_URL, or keep the store in a bucket")
        : Optional.empty();
  }

  /** As {@link References#resolve}. */
  References.Resolution resolve(Json body) {
    Instant until = clock.instant().plus(longest);
    Map<StoredInput, String> stands = new HashMap<>();
    long room = MOST_INLINE;
    for (PlacedInput placed : RequestReferences.inputsIn(body)) {
      if (stands.containsKey(placed.input())) {
        continue;
      }
      if (clock.instant().isAfter(until)) {
        return new References.Resolution.NotNow(
            "asking the store for the request's inputs took too long", Optional.empty());
      }
      try {
        Optional<StoredFile> file = store.input(placed.input());
        if (file.isEmpty()) {
          return unavailable("InputNotStored", placed);
        }
        Optional<URI> served = store.publicUrl(file.get().location());
        if (served.isEmpty() && placed.input().inlinePrefix().isEmpty()) {
          return unavailable("InputNotServable", placed);
        }
        room -= served.isPresent() ? 0 : file.get().bytes();
        if (room < 0) {
          return unavailable("InputTooLarge", placed);
        }
        stands.put(
            placed.input(),
            served.isPresent() ? served.get().toString() : inline(placed.input(), file.get()));
      } catch (IOException e) {
        return new References.Resolution.NotNow(
            placed.path() + ": " + StoreTrouble.inWords(e), Optional.empty());
      }
    }
    return new References.Resolution.Resolved(
        RequestReferences.replacedInputs(body, input -> stands.getOrDefault(input, input.url())));
  }

  private static References.Resolution unavailable(String code, PlacedInput placed) {
    return new References.Resolution.Unavailable(
        new ServiceError(
            FailureType.INPUT_UNAVAILABLE,
            code,
            placed.path() + " (" + placed.input().url() + ")",
            null));
  }

  private String inline(StoredInput input, StoredFile file) throws IOException {
    try (InputStream content =
        store.open(file.location()).orElseThrow(() -> new IOException("a file is gone"))) {
      byte[] bytes = content.readNBytes(Math.toIntExact(file.bytes()));
      HashedInput.require(bytes, input);
      return input.inlinePrefix().orElseThrow() + Base64.getEncoder().encodeToString(bytes);
    }
  }
}
