import Glibc
import ScoreCore
import ScoreLab

extension TwoStagesPlan {
  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    guard case .way(let way, let set) = unit else {
      return SingleStep { .agreement(agreement) }
    }
    let data = data(set)
    var stream = stream(set, part: 10 * (1 + (TwoStages.Way.allCases.firstIndex(of: way) ?? 0)))
    switch way {
    case .stages:
      let map = GradientMap(dimension: values.dimension, width: values.stage1Width, using: &stream)
      return DescentWork(
        AdamDescent(map, rate: values.stage1Rate, steps: values.stage1Steps), stream,
        until: mapSteps, rows: { pairs(data.points, using: &$0) }
      ) { map, stream in .way(stages(map, data, stream)) }
    case .code, .planeCode:
      let code = VariationalCode(
        dimension: values.dimension, code: way == .code ? 1 : 2,
        width: values.otherWidth, deviation: values.codeDeviation, using: &stream)
      return DescentWork(
        AdamDescent(code, rate: values.otherRate, steps: values.otherSteps), stream,
        until: values.otherSteps, rows: { codeRows(data.points, code: code.code, using: &$0) }
      ) { code, stream in
        .way(coded(way, data, stream, encode: code.encode, decode: code.decode))
      }
    case .network:
      return OneStageWork(self, data, stream, threads: threads)
    case .component, .plane:
      let axes = Components(of: data.points, count: way == .component ? 1 : 2)
      return SingleStep { [stream] in
        .way(coded(way, data, stream, encode: axes.encode, decode: axes.decode))
      }
    case .features:
      return SingleStep { [stream] in
        // A code that is the point itself gives nothing that could be called a reconstruction.
        var outcome = coded(way, data, stream, encode: { $0 }, decode: { $0 })
        outcome.reconstruction = nil
        return .way(outcome)
      }
    case .angle, .again, .gaussian, .law:
      return SingleStep { [stream] in .way(reference(way, data, stream)) }
    }
  }

  // MARK: - Rows of a step

  private func drawn(
    _ count: Int, of points: Points, using stream: inout RandomStream
  ) -> [[Double]] {
    (0..<count).map { _ in points.row(stream.integer(below: points.count)) }
  }

  /// Noisy points next to clean ones.
  private func pairs(_ points: Points, using stream: inout RandomStream) -> Points {
    Points(
      rows: drawn(values.stage1Batch, of: points, using: &stream).map { clean in
        clean.map { $0 + values.stage1Sigma * stream.normal() } + clean
      })
  }

  /// Points next to noise of a code.
  private func codeRows(_ points: Points, code: Int, using stream: inout RandomStream) -> Points {
    Points(
      rows: drawn(values.otherBatch, of: points, using: &stream).map { clean in
        clean + (0..<code).map { _ in stream.normal() }
      })
  }

  // MARK: - Ways with a code

  private func measured(_ samples: Points, _ way: TwoStages.Way, _ data: DataSet) -> Outcome {
    data.probe.outcome(taken(samples, way))
  }

  private func diffusion(
    _ coordinates: Points, isAngle: Bool, using stream: inout RandomStream
  ) -> LatentDiffusion {
    LatentDiffusion(
      coordinates, isAngle: isAngle, features: values.stage2Features,
      ridge: values.stage2Ridge, draws: values.stage2Draws, levels: values.stage2Levels,
      lowest: values.stage2LowSigma, using: &stream)
  }

  private static func missed(
    _ points: Points, _ back: ([Double]) -> [Double]
  ) -> Double {
    let misses = (0..<points.count).map { row -> Double in
      let point = points.row(row)
      return zip(point, back(point)).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    return Estimate(misses).value
  }

  /// Diffusion on coordinates of points.
  private func coded(
    _ way: TwoStages.Way, _ data: DataSet, _ stream: RandomStream,
    encode: ([Double]) -> [Double], decode: ([Double]) -> [Double]
  ) -> Outcome {
    var stream = stream
    let coordinates = Points(rows: (0..<data.points.count).map { encode(data.points.row($0)) })
    let drawn = diffusion(coordinates, isAngle: false, using: &stream)
      .samples(count: values.samples, using: &stream)
    let samples = Points(rows: (0..<drawn.count).map { decode(drawn.row($0)) })
    var outcome = measured(samples, way, data)
    outcome.reconstruction = Self.missed(data.heldOut) { decode(encode($0)) }
    return outcome
  }

  /// Stage 2 on the curve that stage 1 found.
  private func stages(_ map: GradientMap, _ data: DataSet, _ stream: RandomStream) -> Outcome {
    var stream = stream
    let curve = LearnedCurve(of: map, from: data.points.row(0), step: values.radius / 10)
    // A closed curve has an angle; one that does not close has a coordinate with two ends.
    let factor = curve.isClosed ? 2 * Double.pi / curve.length : 1
    func encode(_ point: [Double]) -> Double { factor * curve.coordinate(of: map.map(point)) }
    let coordinates = Points(
      values: (0..<data.points.count).map { encode(data.points.row($0)) }, dimension: 1)
    let drawn = diffusion(coordinates, isAngle: curve.isClosed, using: &stream)
      .samples(count: values.samples, using: &stream)
    let samples = Points(
      rows: (0..<drawn.count).map { curve.point(at: drawn[$0, 0] / factor) })
    var outcome = measured(samples, .stages, data)
    outcome.reconstruction = Self.missed(data.heldOut) { curve.point(at: encode($0) / factor) }
    outcome.length = curve.length / (2 * Double.pi * radiusFactor * values.radius)
    outcome.asymmetry = Self.asymmetry(map, at: data.points.rows(0..<20))
    return outcome
  }

  /// The largest difference of a Jacobian, by differences, from its transpose, over its largest entry.
  private static func asymmetry(_ map: GradientMap, at points: Points) -> Double {
    let (d, step) = (map.dimension, 1e-4)
    let found = (0..<points.count).map { row -> Double in
      let columns = (0..<d).map { axis -> [Double] in
        var (above, below) = (points.row(row), points.row(row))
        above[axis] += step
        below[axis] -= step
        return zip(map.map(above), map.map(below)).map { ($0 - $1) / (2 * step) }
      }
      let size = columns.joined().map { abs($0) }.max() ?? 0
      let gaps = (0..<d).flatMap { i in (0..<d).map { abs(columns[i][$0] - columns[$0][i]) } }
      return size > 0 ? gaps.largest / size : 0
    }
    return found.largest
  }

  // MARK: - Ways without

  private func reference(
    _ way: TwoStages.Way, _ data: DataSet, _ stream: RandomStream
  ) -> Outcome {
    var stream = stream
    let count = values.samples
    let samples: Points
    switch way {
    case .angle:
      let angles = Points(values: data.probe.angles(of: data.points), dimension: 1)
      samples = data.probe.points(
        at: diffusion(angles, isAngle: true, using: &stream)
          .samples(count: count, using: &stream).values)
    case .again:
      samples = Points(
        rows: (0..<count).map { _ in data.points.row(stream.integer(below: data.points.count)) })
    case .gaussian:
      samples = BaselineScore.gaussianDistribution(of: data.circle, using: &stream)
        .sample(count: count, using: &stream)
    case .law: samples = data.circle.sample(count: count, using: &stream)
    case .stages, .component, .plane, .code, .planeCode, .network, .features:
      preconditionFailure("A way with a model of its own.")
    }
    return measured(samples, way, data)
  }

  // MARK: - Other methods

  /// Gradients on a small network, and the score of the angle from many points.
  private var agreement: Agreement {
    var stream = stream(0, part: 1)
    let data = data(0)
    var map = GradientMap(dimension: values.dimension, width: 6, using: &stream)
    // Away from the small start, where some entries are as good as 0.
    for place in map.parameters.indices { map.parameters[place] += 0.3 * stream.normal() }
    let code = VariationalCode(
      dimension: values.dimension, code: 2, width: 6, deviation: 0.5, using: &stream)
    let rows = pairs(data.points, using: &stream)
    return Agreement(
      mapGap: map.gradientGap(on: rows, factor: gradientFactor),
      codeGap: code.gradientGap(
        on: codeRows(data.points, code: 2, using: &stream), factor: gradientFactor),
      densityError: densityError(data, using: &stream))
  }

  /// The score that random features learn from 20,000 angles with 16 noise draws each at sigma = 0.3,
  /// against the Fourier series of a von Mises density after noise: coefficients `I_j(kappa) / I_0(kappa)`,
  /// times `exp(-j^2 sigma^2 / 2)`.
  private func densityError(_ data: DataSet, using stream: inout RandomStream) -> Double {
    let angles = data.probe.angles(of: data.circle.sample(count: 20_000, using: &stream))
    let sigma = 0.3
    let found = LatentDiffusion(
      Points(values: angles, dimension: 1), isAngle: true, features: values.stage2Features,
      ridge: values.stage2Ridge, draws: 16, sigmas: [sigma], using: &stream)
    let kappa = concentrationFactor * values.concentration
    // A trapezoidal rule for the coefficients; 256 places are exact to rounding.
    let places = (0..<256).map { 2 * Double.pi * Double($0) / 256 }
    let mass = places.map { exp(kappa * (cos($0) - 1)) }
    let coefficients = (0..<24).map { j in
      zip(places, mass).reduce(0.0) { $0 + $1.1 * cos(Double(j) * $1.0) } / mass.reduce(0, +)
        * exp(-Double(j * j) * sigma * sigma / 2)
    }
    let learned = found.score(Points(values: places, dimension: 1), level: 0)
    var (error, size) = (0.0, 0.0)
    for (place, angle) in places.enumerated() {
      var (density, slope) = (1.0, 0.0)
      for j in 1..<24 {
        density += 2 * coefficients[j] * cos(Double(j) * angle)
        slope -= 2 * Double(j) * coefficients[j] * sin(Double(j) * angle)
      }
      let gap = learned[place, 0] - slope / density
      error += density * gap * gap
      size += density * (slope / density) * (slope / density)
    }
    return error / size
  }
}

/// The coordinates along the principal components of points.
struct Components: Sendable {
  private let mean: [Double]
  private let directions: [[Double]]

  init(of points: Points, count: Int) {
    let mean = points.columnMoments.map(\.mean)
    let d = points.dimension
    var covariance = Array(repeating: 0.0, count: d * d)
    for row in 0..<points.count {
      for i in 0..<d {
        for j in 0..<d {
          covariance[i * d + j] += (points[row, i] - mean[i]) * (points[row, j] - mean[j])
        }
      }
    }
    let eigen = SymmetricEigen(large: covariance, size: d)
    self.mean = mean
    // The values ascend.
    directions = (0..<count).map { place in
      let row = d - 1 - place
      return Array(eigen.vectors[row * d..<(row + 1) * d])
    }
  }

  func encode(_ point: [Double]) -> [Double] {
    directions.map { direction in
      point.indices.reduce(0.0) { $0 + direction[$1] * (point[$1] - mean[$1]) }
    }
  }

  func decode(_ coordinates: [Double]) -> [Double] {
    mean.indices.map { axis in
      zip(coordinates, directions).reduce(mean[axis]) { $0 + $1.0 * $1.1[axis] }
    }
  }
}
