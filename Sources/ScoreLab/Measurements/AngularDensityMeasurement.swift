import ScoreCore

/// The angles of the newest samples of a circle; the exact shares and the null come first, once for all.
public struct AngularDensityMeasurement: Measurement {
  public typealias Value = AngularDensity
  public static let name = "angular_density"
  public static let dependencies = [MeasurementDependency.value(of: SamplesMeasurement.self)]
  public static let isTakenUnasked = false
  /// So many that 5% and 95% are draws of their own.
  private static let nullDraws = 199

  private let subject: MeasurementSubject
  private let law: AngularLaw?
  private var samples: SamplePass?
  private var basis: Basis?
  public private(set) var reading = Reading<AngularDensity>()

  /// What depends on the number of samples and the time they stop at alone.
  private struct Basis {
    let count: Int
    let time: Double
    let exact: [Double]
    let null: ClosedRange<Double>
  }

  public init(of subject: MeasurementSubject) {
    self.subject = subject
    law = subject.distribution.angularLaw
  }

  public var unitCost: Double { Double(subject.configuration.sampler.count) / 4 }

  public mutating func begin(_ input: MeasurementInput) {
    samples = input.measurement(SamplesMeasurement.self)?.reading.value
  }

  public mutating func step() -> Bool {
    guard let samples else { return true }
    self.samples = nil
    guard let law else {
      reading.value = .unknown(step: samples.step)
      return true
    }
    let way = samples.trajectories
    guard let last = way.frames.last, let time = way.times.last, way.tracked > 1 else {
      return true
    }
    let points = Points(values: last.map(Double.init), dimension: way.dimension)
    let angles = law.angles(of: points)
    guard angles.allSatisfy(\.isFinite) else { return true }
    let basis =
      basis.flatMap { $0.count == angles.count && $0.time == time ? $0 : nil }
      ?? prepare(law, count: angles.count, time: time)
    let isNew = self.basis?.count != basis.count || self.basis?.time != basis.time
    self.basis = basis
    let bins = basis.exact.count
    let shares = AngularDensity.shares(of: angles, bins: bins)
    let divergence = AngularDensity.divergence(of: shares, from: basis.exact)
    // Another number of samples has another null, so older values would not compare.
    var history = isNew ? [] : reading.value?.history ?? []
    history.append(.init(step: samples.step, value: divergence))
    if history.count > LiveMetric.capacity {
      let half = LiveMetric.capacity / 2
      history = history.enumerated().filter { $0.offset % 2 == 0 || $0.offset > half }
        .map(\.element)
    }
    let uniform = Array(repeating: 1 / Double(bins), count: bins)
    reading.value = AngularDensity(
      step: samples.step, sampleCount: angles.count, shares: shares, exact: basis.exact,
      divergence: divergence, null: basis.null,
      uniform: AngularDensity.divergence(of: uniform, from: basis.exact), history: history)
    return true
  }

  /// The exact shares, and the divergence of as many angles drawn from them.
  private func prepare(_ law: AngularLaw, count: Int, time: Double) -> Basis {
    // Some twenty samples a bin.
    let bins = min(48, max(8, count / 20))
    let exact = AngularDensity.shares(of: law, level: subject.process.level(at: time), bins: bins)
    var edges = exact
    for bin in edges.indices.dropFirst() { edges[bin] += edges[bin - 1] }
    let draws = (0..<Self.nullDraws).map { draw in
      var stream = RandomStream(
        seed: subject.configuration.seed, purpose: .sampleMetrics, index: 1 << 40 + UInt64(draw))
      var shares = Array(repeating: 0.0, count: bins)
      for _ in 0..<count {
        let u = stream.uniform() * edges[bins - 1]
        var (low, high) = (0, bins - 1)
        while low < high {
          let middle = (low + high) / 2
          if edges[middle] < u { low = middle + 1 } else { high = middle }
        }
        shares[low] += 1 / Double(count)
      }
      return AngularDensity.divergence(of: shares, from: exact)
    }.sorted()
    let tail = Self.nullDraws / 20
    return Basis(
      count: count, time: time, exact: exact, null: draws[tail]...draws[Self.nullDraws - 1 - tail])
  }
}

extension MeasurementResults {
  /// The angles of the newest samples against the exact ones.
  public var angularDensity: AngularDensity? { self[AngularDensityMeasurement.self].value }
}
