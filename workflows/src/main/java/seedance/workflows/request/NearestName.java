package seedance.workflows.request;

import java.util.Collection;

/** Says which known name was probably meant. */
public final class NearestName {
  private NearestName() {}

  /** Returns {@code ; did you mean "x"?}, or nothing where no known name is near. */
  public static String didYouMean(String given, Collection<String> known) {
    return Wording.didYouMean(given, known);
  }
}
