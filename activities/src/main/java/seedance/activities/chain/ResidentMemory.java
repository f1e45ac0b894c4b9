package seedance.activities.chain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What processes hold of the machine's memory, as Linux tells it. */
final class ResidentMemory {
  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s{1,20}(\\d{1,15}) kB$");

  private ResidentMemory() {}

  /** The bytes of a process and of what it started; 0 where the system does not tell them. */
  static long of(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .mapToLong(each -> of(each.pid()))
        .sum();
  }

  private static long of(long pid) {
    try {
      Matcher resident =
          RESIDENT.matcher(Files.readString(Path.of("/proc", String.valueOf(pid), "status")));
      return resident.find() ? Long.parseLong(resident.group(1)) << 10 : 0;
    } catch (IOException goneOrNotLinux) {
      return 0;
    }
  }
}
