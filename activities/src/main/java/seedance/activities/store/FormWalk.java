package seedance.activities.store;

import java.io.IOException;
import java.util.Optional;

/**
 * Follows a file's own structure while its bytes stream by, to know whether it is whole. It holds
 * no more of the file than the head of one part.
 */
interface FormWalk {

  /**
   * Takes the next bytes.
   *
   * @throws BrokenDownloadException as soon as they cannot be such a file
   * @throws FileTooLargeException as soon as the file says that it is larger than it may be
   */
  void take(byte[] bytes, int offset, int length) throws IOException;

  /**
   * What the file lacks if it ends here.
   *
   * @param endIsKnown whether someone said that it ends here
   * @return words that follow on "what came"; empty where it is whole
   */
  Optional<String> lack(boolean endIsKnown);
}
