import { describeShard } from "../support/shards"

describeShard("plain", 2, 4)
