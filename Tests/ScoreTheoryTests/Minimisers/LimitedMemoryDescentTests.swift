import Glibc
import ScoreTheory
import Testing

@Suite struct LimitedMemoryDescentTests {
  @Test("It finds the minimum of a quadratic function with curvatures from 1 to 1e4")
  func quadratic() {
    let curvatures = (0..<30).map { pow(10, 4 * Double($0) / 29) }
    let found = LimitedMemoryDescent(memory: 40, tolerance: 1e-6).minimum(
      from: Array(repeating: 1, count: 30)
    ) { x, gradient in
      for i in x.indices { gradient[i] = curvatures[i] * (x[i] - Double(i)) }
      return x.indices.reduce(3.0) { $0 + curvatures[$1] * pow(x[$1] - Double($1), 2) / 2 }
    }
    #expect(found.ending == .converged && found.gradientNorm <= 1e-6)
    // A gradient of 1e-6 along a curvature of at least 1.
    #expect(found.point.indices.allSatisfy { abs(found.point[$0] - Double($0)) < 1e-6 })
    #expect(abs(found.value - 3) < 1e-12)
  }

  @Test("It goes through Rosenbrock's valley to its end")
  func valley() {
    var evaluations = 0
    let found = LimitedMemoryDescent(tolerance: 1e-9).minimum(from: [-1.2, 1]) { x, gradient in
      evaluations += 1
      let (a, b) = (1 - x[0], x[1] - x[0] * x[0])
      gradient[0] = -2 * a - 400 * x[0] * b
      gradient[1] = 200 * b
      return a * a + 100 * b * b
    }
    #expect(found.ending == .converged && evaluations < 200)
    #expect(abs(found.point[0] - 1) < 1e-8 && abs(found.point[1] - 1) < 1e-8)
  }

  @Test("It says that it stalls on a wrong gradient, and that steps ran out")
  func endings() {
    let method = LimitedMemoryDescent(stepLimit: 3)
    let wrong = method.minimum(from: [0]) { x, gradient in
      gradient[0] = -1
      return x[0]
    }
    #expect(wrong.ending == .stalled && wrong.point == [0] && wrong.gradientNorm == 1)
    let long = method.minimum(from: [0, 0]) { x, gradient in
      let (a, b) = (1 - x[0], x[1] - x[0] * x[0])
      gradient[0] = -2 * a - 400 * x[0] * b
      gradient[1] = 200 * b
      return a * a + 100 * b * b
    }
    #expect(long.ending == .outOfSteps && long.steps == 3 && long.value < 1)
  }

  @Test("Values that are off by float32 rounding do not stop it before the gradient has vanished")
  func rounding() {
    let found = LimitedMemoryDescent(tolerance: 1e-7, rounding: 1e-6).minimum(
      from: [3, -2]
    ) { x, gradient in
      gradient[0] = 2 * (x[0] - 1)
      gradient[1] = 20 * (x[1] - 2)
      return Double(Float(5 + pow(x[0] - 1, 2) + 10 * pow(x[1] - 2, 2)))
    }
    #expect(found.ending == .converged)
    #expect(abs(found.point[0] - 1) < 1e-7 && abs(found.point[1] - 2) < 1e-7)
  }
}
