import { describeShard } from "../support/shards"

describeShard("alone")
