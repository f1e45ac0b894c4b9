package seedance.workflows.request;

import java.util.regex.Pattern;

/** Tells a path on someone's disk from a URL, where a medium's URL should stand. */
public final class LocalPath {
  private static final int LONGEST = 4_096;

  /**
   * {@code file:…}, {@code ./x}, {@code ../x}, {@code .x}, {@code /x}, {@code ~/x}, {@code
   * $HOME/x}, {@code %TEMP%\x}, {@code \\server\x}, {@code C:\x}: no URL's scheme has one letter
   * only.
   */
  private static final Pattern START =
      Pattern.compile("(?i)(?:file:|sandbox:|/(?!/)|[.~\\\\$%]|[a-z]:(?!//)).*", Pattern.DOTALL);

  private static final String MEDIUM =
      "\\.(?:jpe?g|png|webp|bmp|tiff?|gif|avif|hei[cf]|mp4|mov|webm|wav|mp3|m4a)";

  /**
   * {@code my.cat.png}, {@code pictures/cat.png}; what has a point before a slash may be a host.
   */
  private static final Pattern RELATIVE =
      Pattern.compile("(?i)(?:[^:/\\\\?#]+|[^.:/\\\\?#]+[/\\\\][^:?#]*)" + MEDIUM);

  private LocalPath() {}

  /** Whether a text that should be a medium's URL is a path instead; no file is looked for. */
  public static boolean isOne(String text) {
    String path = text.strip();
    return path.length() <= LONGEST
        && !path.isEmpty()
        && (START.matcher(path).matches() || RELATIVE.matcher(path).matches());
  }
}
