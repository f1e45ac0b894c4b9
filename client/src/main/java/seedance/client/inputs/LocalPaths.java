package seedance.client.inputs;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import seedance.workflows.request.LocalPath;

/**
 * What the paths in a body mean on this machine.
 *
 * @param folder from which relative paths count: that of the body's file
 * @param home for {@code ~}
 */
record LocalPaths(Path folder, Path home) {
  private static final String FILE = "file:";

  /** A place in the sandbox of a chat, which is no file here. */
  private static final String SANDBOX = "sandbox:";

  LocalPaths {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(home, "home");
  }

  /** Returns the file that a text means; empty where it is no path, or one that cannot be. */
  Optional<Path> file(String text) {
    String path = text.strip();
    if (!LocalPath.isOne(path) || startsWith(path, SANDBOX)) {
      return Optional.empty();
    }
    try {
      return Optional.of(startsWith(path, FILE) ? ofUri(path) : ofPath(path));
    } catch (InvalidPathException none) {
      return Optional.empty();
    }
  }

  private Path ofPath(String path) {
    if (path.equals("~")) {
      return home;
    }
    return path.startsWith("~/") || path.startsWith("~\\")
        ? home.resolve(path.substring(2))
        : folder.resolve(path);
  }

  /** {@code file:} URIs as RFC 8089 has them, and as people write them: with spaces, relative. */
  private Path ofUri(String uri) {
    try {
      URI parsed = new URI(uri);
      String host = parsed.getAuthority();
      if (!parsed.isOpaque()) {
        return Path.of(
            host != null && host.equalsIgnoreCase("localhost")
                ? new URI("file", null, parsed.getPath(), null)
                : parsed);
      }
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException loose) {
      // read as it stands below
    }
    String path = uri.substring(FILE.length());
    return ofPath(path.startsWith("//") ? path.substring(2) : path);
  }

  private static boolean startsWith(String text, String scheme) {
    return text.toLowerCase(Locale.ROOT).startsWith(scheme);
  }
}
