package seedance.activities.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the pages of a list together, until it surely is whole. The list changes while it is read: a
 * new task moves others to the next page, where they come a second time, and one that is deleted
 * moves others to the page before, where they are missed. So each task counts once, and a list that
 * became shorter is not taken for whole.
 */
final class TaskPages {
  /** H: 1 to 500; this many stay well below {@link Reply#LARGEST}. */
  static final int PAGE_SIZE = 100;

  /** So that a service that never ends its list does not hold a worker for ever. */
  static final int MOST_PAGES = 50;

  private static final String NO_LIST = "the service did not give the list";

  private final Instant createdFrom;
  private final Instant createdUntil;
  private final TaskReading reading;
  private final Clock clock;
  private final List<ListedTask> inTime = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private long withoutId;
  private @Nullable Long total;
  private int pages;

  /**
   * @param clock for a {@code Retry-After} that is a date
   */
  TaskPages(Instant createdFrom, Instant createdUntil, TaskReading reading, Clock clock) {
    // The service drops fractions of seconds, which must not move a task out of the window.
    this.createdFrom = createdFrom.truncatedTo(ChronoUnit.SECONDS);
    this.createdUntil = Objects.requireNonNull(createdUntil, "createdUntil");
    this.reading = reading;
    this.clock = clock;
  }

  /** The number of the page that comes next, from 1. */
  int next() {
    return pages + 1;
  }

  /** Takes the next page; the answer is present once no further page is wanted. */
  Optional<Listing> add(Reply reply) {
    ErrorBody error = ErrorReading.in(reply.json(), reply.headers());
    String code = reading.toldCode(error);
    if (!reply.isSuccess()) {
      return notListed(reply.refusal(code, NO_LIST), reply);
    }
    JsonNode items = reply.json().path("items");
    if (!items.isArray() || error.isPresent()) {
      String what = reply.trouble().orElse("is no list of tasks");
      return notListed("the answer %s (%s)".formatted(what, reply.shown(code)), reply);
    }
    Long totalNow = Tolerant.whole(reply.json().path("total"));
    if (pages++ == 0) {
      total = totalNow;
    } else if (total != null && (totalNow == null || totalNow < total)) {
      return notListed("the list became shorter while it was read", reply);
    }
    long before = count();
    items.forEach(this::add);
    if (isWhole(items.size())) {
      return Optional.of(new Listing.Listed(inTime));
    }
    if (count() == before) {
      return notListed("the list broke off before its end", reply);
    }
    return pages < MOST_PAGES
        ? Optional.empty()
        : notListed("the list is longer than " + MOST_PAGES * PAGE_SIZE + " tasks", reply);
  }

  private void add(JsonNode item) {
    Optional<ListedTask> task = reading.listed(item);
    if (task.isEmpty()) {
      withoutId++;
    } else if (ids.add(task.get().id()) && isInTime(task.get().facts().createdAt())) {
      inTime.add(task.get());
    }
  }

  private long count() {
    return ids.size() + withoutId;
  }

  /** A full page never ends a list, and neither does a short one before the total is reached. */
  private boolean isWhole(int itemsOnPage) {
    return total == null ? itemsOnPage == 0 : itemsOnPage < PAGE_SIZE && count() >= total;
  }

  private boolean isInTime(@Nullable Instant createdAt) {
    return createdAt == null
        || !createdAt.isBefore(createdFrom) && !createdAt.isAfter(createdUntil);
  }

  private Optional<Listing> notListed(String what, Reply reply) {
    return Optional.of(new Listing.NotListed(what, RetryAfter.of(reply.headers(), clock)));
  }
}
