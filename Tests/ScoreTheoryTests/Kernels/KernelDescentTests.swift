import Glibc
import ScoreCore
import Testing

@testable import ScoreTheory

@Suite struct KernelDescentTests {
  private static let count = 12

  private func points(_ seed: UInt64, _ count: Int, _ dimension: Int) -> Points {
    var stream = RandomStream(seed: seed, purpose: .test)
    return stream.normals(count: count, dimension: dimension)
  }

  @Test(
    "At any step it is what a loop of explicit steps gives, with a start and two outputs",
    arguments: [0.3, 1, 1.9])
  func explicitLoop(factor: Double) {
    let n = Self.count
    let (inputs, others) = (points(1, n, 3), points(2, 5, 3))
    let (targets, start, otherStart) = (points(3, n, 2), points(4, n, 2), points(5, 5, 2))
    let gram = ReLUTangentKernel.gram(inputs)
    let cross = ReLUTangentKernel.gram(others, inputs)
    let descent = KernelDescent(gram: gram, count: n)
    let rate = factor / descent.largestEigenvalue
    let path = descent.path(to: targets, from: start, rate: rate)
    let evaluation = KernelEvaluation(descent, cross: cross, from: otherStart)
    var (fitted, predicted) = (start, otherStart)
    for step in 0...60 {
      let (closed, elsewhere) = (
        path.fitted(at: [step])[0], path.predictions(at: [step], by: evaluation)[0]
      )
      // Rounding of 60 steps, and of eigenvectors to about 1e-14.
      #expect(largestGap(closed, fitted) < 1e-11)
      #expect(largestGap(elsewhere, predicted) < 1e-11)
      let loss = zip(fitted.values, targets.values).reduce(0) { $0 + pow($1.0 - $1.1, 2) }
      #expect(abs(path.trainingLoss(at: step) - loss / Double(n)) < 1e-11)
      for axis in 0..<2 {
        let residual = (0..<n).map { targets[$0, axis] - fitted[$0, axis] }
        for row in 0..<n {
          fitted[row, axis] += rate / Double(n) * dot(gram, row, residual)
        }
        for row in 0..<5 {
          predicted[row, axis] += rate / Double(n) * dot(cross, row, residual)
        }
      }
    }
  }

  private func dot(_ matrix: [Double], _ row: Int, _ vector: [Double]) -> Double {
    vector.indices.reduce(0) { $0 + matrix[row * vector.count + $1] * vector[$1] }
  }

  private func largestGap(_ a: Points, _ b: Points) -> Double {
    zip(a.values, b.values).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  @Test("Several steps at once are the same as one after the other")
  func severalSteps() {
    let inputs = points(1, Self.count, 2)
    let descent = KernelDescent(gram: ReLUTangentKernel.gram(inputs), count: Self.count)
    let path = descent.path(to: points(2, Self.count, 1), rate: 1)
    let evaluation = KernelEvaluation(
      descent, cross: ReLUTangentKernel.gram(points(3, 4, 2), inputs))
    let steps = [7, 0, 100]
    for (place, step) in steps.enumerated() {
      #expect(
        largestGap(path.fitted(at: steps)[place], path.fitted(at: [step])[0]) < 1e-14)
      #expect(
        largestGap(
          path.predictions(at: steps, by: evaluation)[place],
          path.predictions(at: [step], by: evaluation)[0]) < 1e-14)
    }
  }

  @Test("Of targets in its reach it ends there, and has moved by their norm in the kernel's space")
  func interpolation() {
    let inputs = points(1, Self.count, 3)
    let gram = ReLUTangentKernel.gram(inputs)
    let coefficients = points(7, Self.count, 1).values
    let values = (0..<Self.count).map { dot(gram, $0, coefficients) }
    let descent = KernelDescent(gram: gram, count: Self.count)
    let path = descent.path(
      to: Points(values: values, dimension: 1), rate: 1 / descent.largestEigenvalue)
    let norm = zip(coefficients, values).reduce(0) { $0 + $1.0 * $1.1 }.squareRoot()
    // Eigenvalues of 12 points are above 1e-5 of the largest.
    #expect(path.trainingLoss(at: 1 << 40) < 1e-20)
    #expect(abs(path.movement(at: 1 << 40) - norm) < 1e-8 * norm)
    #expect(path.movement(at: 0) == 0)
  }

  @Test("What is left and what is gained have their limits")
  func shares() {
    #expect(KernelDescent.remaining(0.5, rate: 2, step: 3) == 0)
    #expect(KernelDescent.remaining(0.5, rate: 2, step: 0) == 1)
    #expect(abs(KernelDescent.remaining(1, rate: 1.5, step: 3) + 0.125) < 1e-15)
    #expect(KernelDescent.gain(0, rate: 0.5, step: 7) == 3.5)
    // Where the eigenvalue hardly moves: the first two terms of the series.
    let small = 1e-12
    let expected = 1000 - 1000.0 * 999 / 2 * small
    #expect(abs(KernelDescent.gain(small, rate: 1, step: 1000) - expected) < 1e-12 * expected)
    #expect(abs(KernelDescent.gain(1, rate: 1.5, step: 3) - 1.125) < 1e-15)
  }

  @Test("The expected excess is the squared bias plus the trace of the smoothed noise")
  func expectedExcess() {
    let n = Self.count
    let descent = KernelDescent(gram: ReLUTangentKernel.gram(points(1, n, 2)), count: n)
    let truth = points(2, n, 1).values
    let variances = points(3, n, 1).values.map { $0 * $0 + 0.1 }
    let steps = [0, 1, 5, 300]
    let found = descent.expectedExcess(
      truth: truth, noiseVariances: variances, rate: 1, steps: steps)
    // The smoother's columns are the paths towards unit targets.
    let columns = (0..<n).map { index in
      var unit = Points(zeros: n, dimension: 1)
      unit[index, 0] = 1
      return descent.path(to: unit, rate: 1).fitted(at: steps).map(\.values)
    }
    for (place, step) in steps.enumerated() {
      var sum = 0.0
      for row in 0..<n {
        let mean = (0..<n).reduce(0) { $0 + columns[$1][place][row] * truth[$1] }
        sum += pow(mean - truth[row], 2)
        sum += (0..<n).reduce(0) { $0 + pow(columns[$1][place][row], 2) * variances[$1] }
      }
      #expect(abs(found[place] - sum / Double(n)) < 1e-12, "step \(step)")
    }
  }

  @Test("Eigenvalues alone are those of the decomposition")
  func eigenvalues() {
    let gram = ReLUTangentKernel.gram(points(1, 60, 3))
    let descent = KernelDescent(gram: gram, count: 60)
    let alone = KernelDescent.eigenvalues(gram: gram, count: 60)
    // Two backward stable methods: some units of rounding of the largest.
    #expect(
      zip(descent.eigenvalues, alone).allSatisfy {
        abs($0 - $1) < 1e-14 * descent.largestEigenvalue
      })
    let trace = (0..<60).reduce(0) { $0 + gram[$1 * 61] } / 60
    #expect(abs(alone.reduce(0, +) - trace) < 1e-13)
  }
}
