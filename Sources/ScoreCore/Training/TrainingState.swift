/// Everything of a training run that changes from step to step; copying it is a checkpoint.
public struct TrainingState: Sendable, Equatable {
  /// The number of steps taken.
  public var step = 0
  /// The flat parameter buffer, `[networks, parameterCount]`.
  public var parameters: [Float]
  /// The weight average that samples and errors are measured with.
  public var average: [Float]
  /// What the average lost to rounding, below half a unit of its last place.
  public internal(set) var averageRest: [Float]
  /// What the update rule keeps, `[momentCount, networks, parameterCount]`.
  public var moments: [Float]

  public init(parameters: [Float], momentCount: Int) {
    self.parameters = parameters
    average = parameters
    averageRest = Array(repeating: 0, count: parameters.count)
    moments = Array(repeating: 0, count: momentCount * parameters.count)
  }

  /// A state that was kept.
  ///
  /// - Precondition: Each has a place for every parameter, moments a whole number of them.
  public init(
    step: Int, parameters: [Float], average: [Float], averageRest: [Float], moments: [Float]
  ) {
    precondition(
      average.count == parameters.count && averageRest.count == parameters.count
        && moments.count % max(1, parameters.count) == 0, "A kept state is of one network.")
    self.step = step
    self.parameters = parameters
    self.average = average
    self.averageRest = averageRest
    self.moments = moments
  }
}

/// What one training step found.
public struct TrainingStep: Sendable, Equatable {
  /// The number of steps taken, this one included.
  public var step: Int
  /// The batch mean of the weighted squared error, summed over coordinates, before the update.
  public var loss: Double
}
