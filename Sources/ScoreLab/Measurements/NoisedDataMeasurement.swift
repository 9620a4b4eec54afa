public import ScoreCore

/// The forward process at the sampler's times.
public struct NoisedData: Sendable, Equatable {
  /// Points drawn from the distribution itself, noised to each of the times.
  public var trajectories: Trajectories
  /// In one dimension, the exact density at each of the times.
  public var densities: ExactDensities?

  public init(trajectories: Trajectories, densities: ExactDensities? = nil) {
    self.trajectories = trajectories
    self.densities = densities
  }
}

/// Noises one draw of the distribution to every time of the sampler: the forward process, exactly.
public struct NoisedDataMeasurement: Measurement {
  public static let name = "noised_data"
  public static let dependencies = [MeasurementDependency.sampler]

  private let subject: MeasurementSubject
  public private(set) var reading = Reading<NoisedData>()

  public init(of subject: MeasurementSubject) { self.subject = subject }

  // Nothing can be drawn next to the samples without it.
  public var unitCost: Double { 0 }

  public mutating func begin(_ input: MeasurementInput) {}

  public mutating func step() -> Bool {
    let (distribution, process, sampler) = (
      subject.distribution, subject.process, subject.configuration.sampler
    )
    let times = sampler.makeGrid().times(stepCount: sampler.steps, process: process)
    var stream = RandomStream(seed: subject.configuration.seed, purpose: .distributionSamples)
    let clean = distribution.sample(count: sampler.count, using: &stream)
    let noise = stream.normals(count: sampler.count, dimension: distribution.dimension)
    var trajectories = Trajectories(
      count: sampler.count, dimension: distribution.dimension, frames: times.count)
    for time in times {
      trajectories.record(process.level(at: time).noisy(clean, noise: noise), at: time)
    }
    let densities =
      distribution.dimension == 1
      ? ExactDensities(of: distribution, process: process, times: times, covering: clean.values)
      : nil
    reading.value = NoisedData(trajectories: trajectories, densities: densities)
    return true
  }
}

extension MeasurementResults {
  /// Points drawn from the distribution itself, noised to each of the sampler's times.
  public var noisedData: Trajectories? { self[NoisedDataMeasurement.self].value?.trajectories }
  /// In one dimension, the exact density at each of the sampler's times.
  public var exactDensities: ExactDensities? { self[NoisedDataMeasurement.self].value?.densities }
}
