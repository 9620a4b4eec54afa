import CVectorKernels

/// How many processors this process may use.
public enum ProcessorCount {
  /// The number of processors in the scheduler's affinity mask, at least 1.
  ///
  /// Containers and `taskset` restrict it below what the machine has.
  public static let available = sf_available_processors()
}
