package seedance.worker.dev.simulator;

import java.util.Optional;

/** What one API request asks for. */
sealed interface Call {

  Operation operation();

  /** The task that it concerns. */
  default Optional<String> taskId() {
    return Optional.empty();
  }

  record Create() implements Call {
    @Override
    public Operation operation() {
      return Operation.CREATE;
    }
  }

  record Look(String id) implements Call {
    @Override
    public Operation operation() {
      return Operation.LOOK;
    }

    @Override
    public Optional<String> taskId() {
      return Optional.of(id);
    }
  }

  /** Of the clip itself, at the gateway. */
  record Content(String id) implements Call {
    @Override
    public Operation operation() {
      return Operation.DOWNLOAD;
    }

    @Override
    public Optional<String> taskId() {
      return Optional.of(id);
    }
  }

  record ListTasks(Query query) implements Call {
    @Override
    public Operation operation() {
      return Operation.LIST;
    }
  }

  record Delete(String id) implements Call {
    @Override
    public Operation operation() {
      return Operation.DELETE;
    }

    @Override
    public Optional<String> taskId() {
      return Optional.of(id);
    }
  }
}
