package seedance.workflows.generation;

/** The same where each workflow task replays the whole history. */
class CallbackWithoutCacheTest extends CallbackTest {
  @Override
  int workflowCacheSize() {
    return 0;
  }
}
