package seedance.workflows.chain;

/** The same with no workflow kept in memory, so that every workflow task replays from the start. */
class TaskLeftWithoutCacheTest extends TaskLeftTest {
  @Override
  int workflowCacheSize() {
    return 0;
  }
}
