package seedance.worker.dev.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The accounts that were seen, by a hash of their key; no key is kept but those in the settings.
 */
final class Accounts {

  private static final int HASH_DIGITS = 12;
  private static final String SCHEME = "Bearer ";

  private final SimulatorSettings settings;
  private final Callbacks callbacks;
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();
  private final AtomicLong unauthorized = new AtomicLong();

  Accounts(SimulatorSettings settings, Callbacks callbacks) {
    this.settings = settings;
    this.callbacks = callbacks;
  }

  /**
   * @param authorization the header; null if there is none
   */
  Optional<Account> authorise(@Nullable String authorization) {
    if (authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      String key = authorization.substring(SCHEME.length()).strip();
      if (settings.apiKeys().isEmpty() ? !key.isEmpty() : settings.apiKeys().contains(key)) {
        return Optional.of(accounts.computeIfAbsent(hash(key), this::open));
      }
    }
    unauthorized.incrementAndGet();
    return Optional.empty();
  }

  Optional<Account> find(String id) {
    return Optional.ofNullable(accounts.get(id));
  }

  void settle() {
    accounts.values().forEach(account -> account.tasks().settle());
  }

  Books books() {
    settle();
    List<Books.Account> read =
        accounts.values().stream().map(account -> account.ledger().read(account.id())).toList();
    return new Books(unauthorized.get(), read);
  }

  private Account open(String id) {
    Ledger ledger = new Ledger();
    TaskBook tasks =
        new TaskBook(
            settings.clock(),
            settings.processingLimit(),
            settings.recordLifetime(),
            task -> {
              ledger.changed(task);
              callbacks.tell(id, task);
            });
    return new Account(id, tasks, ledger);
  }

  private static String hash(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
