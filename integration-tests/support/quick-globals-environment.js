const vm = require("node:vm")
const { TestEnvironment } = require("jest-environment-node")

/**
 * Jest's environment for Node, with the globals of an ordinary context. Jest itself puts a proxy before them, which makes each
 * look at `Object` or `Array` some hundred times as dear, and a booted Medusa half as fast.
 */
class QuickGlobalsEnvironment extends TestEnvironment {
  constructor(...args) {
    const { createContext } = vm
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY)
    try {
      super(...args)
    } finally {
      vm.createContext = createContext
    }
  }
}

module.exports = QuickGlobalsEnvironment
