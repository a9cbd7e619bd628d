import { describeShard } from "../support/shards"

describeShard("plain", 1, 4)
