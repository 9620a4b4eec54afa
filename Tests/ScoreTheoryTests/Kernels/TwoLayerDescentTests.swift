import ScoreCore
import Testing

@testable import ScoreTheory

@Suite struct TwoLayerDescentTests {
  private func problem(
    width: Int, outputs: Int = 1, inputs: Int = 2, count: Int = 11, rate: Double = 0.3,
    radius: Double? = nil, probes: Int = 0
  ) -> TwoLayerDescent {
    var stream = RandomStream(seed: 5, purpose: .test)
    let network = TwoLayerNetwork(
      width: width, inputCount: inputs, outputCount: outputs, using: &stream)
    return TwoLayerDescent(
      network, inputs: stream.normals(count: count, dimension: inputs),
      targets: stream.normals(count: count, dimension: outputs),
      probe: probes > 0 ? stream.normals(count: probes, dimension: inputs) : nil, rate: rate,
      radius: radius)
  }

  private func inputs(count: Int = 11, inputs: Int = 2, width: Int, outputs: Int = 1) -> Points {
    var stream = RandomStream(seed: 5, purpose: .test)
    _ = TwoLayerNetwork(width: width, inputCount: inputs, outputCount: outputs, using: &stream)
    return stream.normals(count: count, dimension: inputs)
  }

  @Test(
    "A step goes down the gradient of half the mean squared error",
    arguments: [(7, 1, 2), (5, 2, 3), (4, 3, 4), (3, 1, 7)])
  func gradient(width: Int, outputs: Int, inputs: Int) {
    let before = problem(width: width, outputs: outputs, inputs: inputs)
    var after = before
    after.advance(threads: 1)
    let h = 1e-6
    for place in before.network.weights.indices {
      func loss(_ change: Double) -> Double {
        var moved = before
        moved.network.weights[place] += change
        moved.outputs = moved.currentOutputs(of: moved.network.weights, threads: 1)
        return moved.trainingLoss / 2
      }
      let slope = (loss(h) - loss(-h)) / (2 * h)
      let step = after.network.weights[place] - before.network.weights[place]
      // Central differences of a piecewise quadratic: rounding of the loss over h.
      #expect(abs(step + 0.3 * slope) < 1e-8)
    }
  }

  @Test("Outputs that are followed are the network's, and threads change no bit")
  func followed() {
    var one = problem(width: 300, probes: 5)
    var two = one
    for _ in 0..<20 {
      one.advance(threads: 1)
      two.advance(threads: 2)
    }
    #expect(one.network == two.network && one.fitted == two.fitted)
    #expect(one.predictions == two.predictions && one.step == 20)
    #expect(one.fitted == one.network.outputs(at: inputs(width: 300)))
    #expect(one.trainingLoss < problem(width: 300).trainingLoss)
    #expect(one.movement > 0 && one.relativeMovement < one.movement)
  }

  @Test("A ball keeps the weights within its radius, and its outputs are theirs")
  func ball() {
    var free = problem(width: 200)
    var held = problem(width: 200, radius: 0.1)
    for _ in 0..<30 {
      free.advance(threads: 1)
      held.advance(threads: 2)
    }
    #expect(free.movement > 0.2)
    #expect(abs(held.movement - 0.1) < 1e-12)
    #expect(held.fitted == held.network.outputs(at: inputs(width: 200)))
    var wide = problem(width: 200, radius: 100)
    for _ in 0..<30 { wide.advance(threads: 1) }
    #expect(wide.network == free.network)
  }

  @Test("Other inputs and targets take the place of those before")
  func replaced() {
    var run = problem(width: 50)
    var stream = RandomStream(seed: 6, purpose: .test)
    let (fresh, targets) = (
      stream.normals(count: 11, dimension: 2), stream.normals(count: 11, dimension: 1)
    )
    run.replaceTraining(inputs: fresh, targets: targets, threads: 1)
    #expect(run.fitted == run.network.outputs(at: fresh))
    let gaps = zip(run.fitted.values, targets.values).map { ($0 - $1) * ($0 - $1) }
    #expect(abs(run.trainingLoss - gaps.reduce(0, +) / 11) < 1e-14)
  }

  @Test("A wide network follows the kernel, a narrow one does not")
  func coupling() {
    func gap(width: Int) -> Double {
      var run = problem(width: width)
      let descent = KernelDescent(gram: ReLUTangentKernel.gram(inputs(width: width)), count: 11)
      let start = run.fitted
      var targets = Points(zeros: 11, dimension: 1)
      for row in 0..<11 { targets[row, 0] = run.targets[row] }
      let path = descent.path(to: targets, from: start, rate: 0.3)
      var largest = 0.0
      for step in 1...200 {
        run.advance(threads: 2)
        let expected = path.fitted(at: [step])[0]
        largest = zip(run.fitted.values, expected.values).reduce(largest) {
          max($0, abs($1.0 - $1.1))
        }
      }
      return largest
    }
    // The gap falls like the root of the width: by 16 from 64 to 16,384, here at least by 4.
    #expect(gap(width: 16_384) < gap(width: 64) / 4)
  }
}
