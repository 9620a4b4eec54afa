/// Everything of a training run that changes from step to step; copying it is a checkpoint.
public struct TrainingState: Sendable, Equatable {
  /// The number of steps taken.
  public var step = 0
  /// The flat parameter buffer of the network.
  public var parameters: [Float]
  /// The weight average that samples and errors are measured with.
  public var average: [Float]
  public var moments: Adam.Moments

  public init(parameters: [Float]) {
    self.parameters = parameters
    average = parameters
    moments = Adam.Moments(count: parameters.count)
  }
}

/// What one training step found.
public struct TrainingReport: Sendable, Equatable {
  /// The number of steps taken, this one included.
  public var step: Int
  /// The batch mean of `||predicted noise - noise||^2`, summed over coordinates, before the update.
  public var loss: Double
}
